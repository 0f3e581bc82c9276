// Determines what a response means, by the rules in the contract. This file imports no other file, so you
// can copy it into your project.

export type Retry = "never" | "backoff" | "throttled" | "refresh-token" | "by-status";

/** What a response means. The comment at the top of the contract explains the keys. */
export interface Outcome {
  /** What happened. */
  summary: string;
  /** What to do. */
  action: string;
  retry: Retry;
  enrolled?: "yes" | "no" | "unknown";
  scope?: "account";
  codes?: (string | { code: string })[];
  messages?: { code: string; message?: string; contains?: string }[];
  statuses?: number[];
  default?: boolean;
}

/** The parts of the contract, as JSON, that the rules are in. */
export interface Rules {
  paths: Record<string, Record<string, Operation>>;
  "x-platform-outcomes": Record<string, Outcome>;
}

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { examples: Record<string, Example> }> }>;
  "x-outcomes": Record<string, Outcome>;
}

interface Example {
  "x-outcome": string;
  value: { code: string; message?: string };
}

export class Outcomes {
  readonly #named = new Map<string, Outcome>();
  readonly #pairs = new Map<string, string>();
  readonly #parts: { code: string; text: string; outcome: string }[] = [];
  readonly #codes = new Map<string, string>();
  readonly #statuses = new Map<number, string>();
  #default = "";

  /** The outcomes of the operation with this operationId. */
  constructor(document: Rules, operationId: string) {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const operation = operations.find((operation) => operation.operationId === operationId);
    if (operation === undefined) throw new Error(`the contract has no operation ${operationId}`);
    for (const outcomes of [operation["x-outcomes"], document["x-platform-outcomes"]]) {
      for (const [name, outcome] of Object.entries(outcomes)) this.#add(name, outcome);
    }
    const media = Object.values(operation.responses).flatMap(({ content }) => Object.values(content ?? {}));
    for (const { "x-outcome": outcome, value } of media.flatMap(({ examples }) => Object.values(examples))) {
      this.#pairs.set(pair(value.code, value.message ?? ""), outcome);
    }
  }

  #add(name: string, outcome: Outcome): void {
    // The platform adds rules to an outcome of the operation; the other words of the operation apply.
    if (!this.#named.has(name)) this.#named.set(name, outcome);
    for (const { code, message, contains } of outcome.messages ?? []) {
      if (message !== undefined) this.#pairs.set(pair(code, message), name);
      if (contains !== undefined) this.#parts.push({ code, text: folded(contains), outcome: name });
    }
    for (const code of outcome.codes ?? []) this.#codes.set(typeof code === "string" ? code : code.code, name);
    for (const status of outcome.statuses ?? []) this.#statuses.set(status, name);
    if (outcome.default) this.#default = name;
  }

  /** The outcome of an envelope: by code and message, by the code alone, or the default outcome. */
  of(code: string, message = ""): string {
    const text = folded(message);
    const part = this.#parts.find((part) => part.code === code && text.includes(part.text));
    return this.#pairs.get(pair(code, message)) ?? part?.outcome ?? this.#codes.get(code) ?? this.#default;
  }

  /** The outcome of an HTTP status if the body is not an envelope; undefined for most statuses. */
  ofStatus(status: number): string | undefined {
    return this.#statuses.get(status);
  }

  /** What the contract says about the outcome with this name. */
  get(name: string): Outcome | undefined {
    return this.#named.get(name);
  }

  /** Whether the same call may be sent again after this outcome and this HTTP status. */
  retry(name: string, status: number): Exclude<Retry, "by-status"> {
    const retry = this.#named.get(name)?.retry ?? "never";
    if (retry !== "by-status") return retry;
    const ofStatus = this.#named.get(this.#statuses.get(status) ?? "")?.retry ?? "never";
    return ofStatus === "by-status" ? "never" : ofStatus;
  }
}

function pair(code: string, message: string): string {
  return JSON.stringify([code, folded(message)]);
}

/** Case, surrounding white space and final punctuation are ignored. */
function folded(message: string): string {
  return message.trim().replace(/[.!?,;:…]+$/u, "").trimEnd().toLowerCase();
}
