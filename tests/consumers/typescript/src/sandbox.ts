// Asks a sandbox for every response that it can send, and checks how each is read.
import assert from "node:assert/strict";
import { type Contract, first } from "./contract.js";
import { type Enroll, enrollAt } from "./enroll.js";
import type { Outcomes } from "./outcomes.js";
import { passed } from "./passed.js";

export async function checkSandbox(
  baseUrl: string,
  token: string,
  contract: Contract,
  outcomes: Outcomes,
): Promise<void> {
  const enroll = enrollAt(baseUrl, token, contract, outcomes);
  await everyExample(enroll, contract, outcomes);
  await everyStatus(enroll, contract);
  await usualCourse(enroll, contract);

  const refused = await enrollAt(baseUrl, "", contract, outcomes)(contract.request.signatureId);
  assert.equal(refused.outcome, outcomes.ofStatus(401));
  passed(`without a token: ${refused.outcome}`);
}

async function everyExample(enroll: Enroll, contract: Contract, outcomes: Outcomes): Promise<void> {
  const { signatureId } = contract.request;
  const names = await exampleNames(enroll, signatureId);
  const seen = new Set<string>();
  for (const name of names) {
    const result = await enroll(signatureId, { prefer: `example=${name}` });
    const { code, message = "" } = first([result.answer]);
    const shown = contract.examples.get(name)?.value;
    if (shown) assert.deepEqual([code, message], [shown.code, shown.message]);
    assert.equal(result.outcome, expectedOutcome(name, contract), name);
    assert.equal(result.status, 200);
    assert.equal(result.signatureId, shown?.data ? signatureId : undefined);
    // The parts that a comparison ignores do not change the outcome.
    const reworded = ` ${message.replace(/\.$/, "").toUpperCase()}! `;
    assert.equal(outcomes.of(code, reworded), result.outcome);
    seen.add(result.outcome);
    passed(`example ${name}: ${result.outcome}`);
  }
  for (const name of contract.examples.keys()) assert.ok(names.includes(name), `no example ${name}`);
  for (const [outcome] of contract.outcomes) assert.ok(seen.has(outcome), `no answer for ${outcome}`);
  passed(`every outcome of the contract came: ${seen.size}`);
}

/** The names of the examples. The sandbox lists them if it is asked for an unknown one. */
async function exampleNames(enroll: Enroll, signatureId: string): Promise<string[]> {
  const { status, answer } = await enroll(signatureId, { prefer: "example=?" });
  assert.equal(status, 400);
  const [, list] = String(answer?.extra).split(" use one of ");
  return first([list]).split(", ");
}

/** The outcome of an example: in the document, or in its name, as in `not-entitled-2`. */
function expectedOutcome(name: string, contract: Contract): string {
  const told = contract.examples.get(name)?.["x-outcome"];
  const kebab = (outcome: string) => outcome.replace(/\B[A-Z]/g, "-$&").toLowerCase();
  const named = contract.outcomes.find(([outcome]) => kebab(outcome) === name.replace(/-\d+$/, ""));
  return first([told ?? named?.[0]]);
}

/** The status does not change the outcome of an envelope. */
async function everyStatus(enroll: Enroll, contract: Contract): Promise<void> {
  for (const [name, { "x-outcome": outcome }] of contract.examples) {
    for (const status of [201, 401, 503]) {
      const prefer = `example=${name}, code=${status}`;
      const result = await enroll(contract.request.signatureId, { prefer });
      assert.deepEqual([result.status, result.outcome], [status, outcome], name);
    }
  }
  passed("an envelope under another status");
}

/** The first call enrolls the face, and the second reports that it is already enrolled. */
async function usualCourse(enroll: Enroll, contract: Contract): Promise<void> {
  const signatureId = `typescript-${process.pid}`;
  const results = [await enroll(signatureId), await enroll(signatureId)];
  const enrolled = contract.outcomes.filter(([, { enrolled }]) => enrolled === "yes");
  const told = results.map(({ outcome }) => outcome);
  assert.deepEqual(new Set(told), new Set(enrolled.map(([name]) => name)));
  assert.deepEqual(results.map((result) => result.signatureId), [signatureId, undefined]);
  passed(`called twice: ${told.join(", ")}`);
}
