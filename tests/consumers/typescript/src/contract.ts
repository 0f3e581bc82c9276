// What a caller needs of the contract, read from the document itself: `api.ts` beside this file is
// made from it by openapi-typescript, and the vocabulary that the document adds to OpenAPI is typed
// here.
import type { operations, paths } from "./api.js";

export type OperationId = keyof operations;
type Media = "application/json";
export type RequestOf<Id extends OperationId> = operations[Id]["requestBody"]["content"][Media];
export type AnswerOf<Id extends OperationId> = operations[Id]["responses"][200]["content"][Media];
export type PathOf<Id extends OperationId> = {
  [Path in keyof paths]: paths[Path] extends { post: operations[Id] } ? Path : never;
}[keyof paths];
export type Request = RequestOf<"enroll">;
export type Answer = AnswerOf<"enroll">;

/** What an outcome means, and how it is told: by codes, codes with messages, and HTTP statuses. */
export interface Outcome {
  /** Whether the face is in the face set; not there where the platform adds to an outcome. */
  enrolled?: "yes" | "no" | "unknown";
  codes?: (string | { code: string })[];
  messages?: { code: string; message?: string; contains?: string }[];
  statuses?: number[];
  default?: boolean;
}

/** An answer that the document shows, and what it means. */
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

/** What the answers of an operation mean, whatever is in their data. */
export interface Answers {
  readonly examples: ReadonlyMap<string, Example<{ code: string; message?: string }>>;
  /** By name; one may come twice, as the platform adds to outcomes of the operation. */
  readonly outcomes: readonly (readonly [name: string, outcome: Outcome])[];
}

/** What it says of one operation. */
export class Contract<Id extends OperationId = "enroll"> implements Answers {
  readonly path: PathOf<Id>;
  /** The header that carries the access token. */
  readonly tokenHeader: string;
  readonly request: RequestOf<Id>;
  readonly examples: ReadonlyMap<string, Example<AnswerOf<Id>>>;
  readonly outcomes: Answers["outcomes"];

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
  if (item === undefined) throw new Error("the contract lacks something that callers need");
  return item;
}
