// Tells what an answer means, by the rules that the contract carries. This is all that it takes:
// copy it to classify answers without our Rust client.
import type { Answers } from "./contract.js";

export class Outcomes {
  readonly #pairs = new Map<string, string>();
  readonly #parts: { code: string; text: string; outcome: string }[] = [];
  readonly #codes = new Map<string, string>();
  readonly #statuses = new Map<number, string>();
  #otherwise = "";

  constructor(contract: Answers) {
    for (const [name, outcome] of contract.outcomes) {
      for (const { code, message, contains } of outcome.messages ?? []) {
        if (message !== undefined) this.#pairs.set(pair(code, message), name);
        if (contains !== undefined) this.#parts.push({ code, text: folded(contains), outcome: name });
      }
      for (const code of outcome.codes ?? []) {
        this.#codes.set(typeof code === "string" ? code : code.code, name);
      }
      for (const status of outcome.statuses ?? []) this.#statuses.set(status, name);
      if (outcome.default) this.#otherwise = name;
    }
    for (const { "x-outcome": outcome, value } of contract.examples.values()) {
      this.#pairs.set(pair(value.code, value.message ?? ""), outcome);
    }
  }

  /** What an envelope means: code and message, else the code alone, else the default outcome. */
  of(code: string, message = ""): string {
    const text = folded(message);
    const part = this.#parts.find((part) => part.code === code && text.includes(part.text));
    return (
      this.#pairs.get(pair(code, message)) ??
      part?.outcome ??
      this.#codes.get(code) ??
      this.#otherwise
    );
  }

  /** What an HTTP status means where the body is no envelope; nothing for most. */
  ofStatus(status: number): string | undefined {
    return this.#statuses.get(status);
  }
}

function pair(code: string, message: string): string {
  return JSON.stringify([code, folded(message)]);
}

/** Case, outer space and final punctuation do not count. */
function folded(message: string): string {
  return message.trim().replace(/[.!?,;:…]+$/u, "").trimEnd().toLowerCase();
}
