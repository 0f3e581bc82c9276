// The parts of the contract that the checks need, read from the document. openapi-typescript generates
// `api.ts` from the same document. The types here are those of the vocabulary that it adds to OpenAPI.
import type { operations, paths } from "./api.js";
import type { Outcome } from "./outcomes.js";

export type OperationId = keyof operations;
type Media = "application/json";
export type RequestOf<Id extends OperationId> = operations[Id]["requestBody"]["content"][Media];
export type AnswerOf<Id extends OperationId> = operations[Id]["responses"][200]["content"][Media];
export type PathOf<Id extends OperationId> = {
  [Path in keyof paths]: paths[Path] extends { post: operations[Id] } ? Path : never;
}[keyof paths];
export type Request = RequestOf<"enroll">;
export type Answer = AnswerOf<"enroll">;

/** A response example of the document, and its outcome. */
export interface Example<Answer> {
  "x-outcome": string;
  value: Answer;
}

/** A worked example of a signature. */
export interface Signed {
  accessKey: string;
  secretKey: string;
  timestamp: string;
  signature: string;
}

interface Operation<Id extends OperationId> {
  operationId: OperationId;
  requestBody: { content: Record<string, { examples: Record<string, { value: RequestOf<Id> }> }> };
  responses: Record<string, { content?: Record<string, { examples: Record<string, Example<AnswerOf<Id>>> }> }>;
  "x-outcomes": Record<string, Outcome>;
}

export interface Document {
  paths: Record<string, { post: Operation<OperationId> }>;
  security: Record<string, string[]>[];
  components: {
    securitySchemes: Record<string, { name: string }>;
    schemas: Record<string, { properties?: Record<string, { "x-signature"?: { "x-example": Signed } }> }>;
  };
  "x-platform-outcomes": Record<string, Outcome>;
}

/** What the document says about one operation. */
export class Contract<Id extends OperationId = "enroll"> {
  readonly path: PathOf<Id>;
  /** The header that carries the access token. */
  readonly tokenHeader: string;
  readonly request: RequestOf<Id>;
  readonly examples: ReadonlyMap<string, Example<AnswerOf<Id>>>;
  /** By name. A name occurs twice if the platform adds rules to an outcome of the operation. */
  readonly outcomes: readonly (readonly [name: string, outcome: Outcome])[];

  constructor(document: Document, id: Id) {
    const [path, { post }] = first(Object.entries(document.paths).filter(([, { post }]) => post.operationId === id));
    const operation = post as Operation<Id>;
    this.path = path as PathOf<Id>;
    const scheme = first(document.security.flatMap(Object.keys));
    this.tokenHeader = first([document.components.securitySchemes[scheme]]).name;
    const requests = Object.values(operation.requestBody.content);
    this.request = first(requests.flatMap(({ examples }) => Object.values(examples))).value;
    this.examples = new Map(
      Object.values(operation.responses)
        .flatMap(({ content }) => Object.values(content ?? {}))
        .flatMap(({ examples }) => Object.entries(examples)),
    );
    this.outcomes = [operation["x-outcomes"], document["x-platform-outcomes"]].flatMap(Object.entries);
  }
}

export async function documentOf(baseUrl: string): Promise<Document> {
  const response = await fetch(new URL("/openapi.json", baseUrl));
  return (await response.json()) as Document;
}

/** The worked examples of signatures. */
export function signedExamples(document: Document): Signed[] {
  return Object.values(document.components.schemas)
    .flatMap(({ properties }) => Object.values(properties ?? {}))
    .flatMap((field) => field["x-signature"]?.["x-example"] ?? []);
}

export function first<T>(items: readonly (T | undefined)[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("something that callers need is missing in the contract");
  return item;
}
