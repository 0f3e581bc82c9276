// What a caller needs of the contract, read from the document itself: `api.ts` beside this file is
// made from it by openapi-typescript, and the vocabulary that the document adds to OpenAPI is typed
// here.
import type { components, paths } from "./api.js";

export type Answer = components["schemas"]["EnrollResponse"];
export type Request = components["schemas"]["EnrollRequest"];
export type Path = keyof paths;

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
export interface Example {
  "x-outcome": string;
  value: Answer;
}

interface Operation {
  requestBody: { content: Record<string, { examples: Record<string, { value: Request }> }> };
  responses: Record<string, { content?: Record<string, { examples: Record<string, Example> }> }>;
  "x-outcomes": Record<string, Outcome>;
}

interface Document {
  paths: Record<Path, { post: Operation }>;
  security: Record<string, string[]>[];
  components: { securitySchemes: Record<string, { name: string }> };
  "x-platform-outcomes": Record<string, Outcome>;
}

export class Contract {
  readonly path: Path;
  /** The header that carries the access token. */
  readonly tokenHeader: string;
  readonly request: Request;
  readonly examples: ReadonlyMap<string, Example>;
  /** By name; one may come twice, as the platform adds to outcomes of the operation. */
  readonly outcomes: readonly (readonly [name: string, outcome: Outcome])[];

  constructor(document: Document) {
    this.path = first(Object.keys(document.paths)) as Path;
    const operation = document.paths[this.path].post;
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

  static async from(baseUrl: string): Promise<Contract> {
    const response = await fetch(new URL("/openapi.json", baseUrl));
    return new Contract((await response.json()) as Document);
  }
}

export function first<T>(items: readonly (T | undefined)[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("the contract lacks something that callers need");
  return item;
}
