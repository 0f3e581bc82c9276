// Responses that the contract allows but has no example of, from a server in this process. Checks how
// each is read.
import assert from "node:assert/strict";
import { type Answer, type Contract, first } from "./contract.js";
import { enrollAt, type Result } from "./enroll.js";
import type { Outcomes } from "./outcomes.js";
import { passed } from "./passed.js";
import { serving } from "./server.js";

export async function checkStrangeAnswers(contract: Contract, outcomes: Outcomes): Promise<void> {
  const example = first([...contract.examples.values()].filter(({ value }) => value.data));
  const enrolled = example["x-outcome"];
  const { data, ...withoutData } = example.value;

  async function answered(
    what: string,
    [status, contentType, body]: [number, string, string],
    check: (result: Result) => void,
  ): Promise<void> {
    await serving(status, contentType, body, async (baseUrl) => {
      const enroll = enrollAt(baseUrl, "any-token-will-do", contract, outcomes);
      const result = await enroll(contract.request.signatureId);
      assert.equal(result.status, status);
      check(result);
      passed(`${what}: ${result.outcome}`);
    });
  }

  const unknown = "CODE_OF_TOMORROW";
  await answered("an unknown code", envelope({ ...withoutData, code: unknown }), ({ outcome, answer }) => {
    assert.equal(outcome, outcomes.of(""));
    assert.equal(answer?.code, unknown);
    assert.equal(answer.message, example.value.message);
    // Whether a retry can help depends on the status.
    assert.equal(outcomes.retry(outcome ?? "", 200), "never");
    assert.equal(outcomes.retry(outcome ?? "", 503), "backoff");
  });

  await answered("data that is null", envelope({ ...withoutData, data: null }), (result) => {
    assert.equal(result.outcome, enrolled);
    assert.equal(result.answer?.data, null);
    assert.equal(result.signatureId, undefined);
  });

  await answered("data that is absent", envelope(withoutData), (result) => {
    assert.equal(result.outcome, enrolled);
    assert.equal(result.answer?.data, undefined);
    assert.equal(result.signatureId, undefined);
  });

  await answered("nothing but a code", envelope({ code: example.value.code }), (result) => {
    assert.equal(result.outcome, enrolled);
    assert.equal(result.answer?.message, undefined);
  });

  const added = { by: "tomorrow" };
  const more = { ...example.value, data: { ...data, added }, added };
  await answered("an extra field", envelope(more), (result) => {
    assert.equal(result.outcome, enrolled);
    assert.equal(result.signatureId, data?.signatureId);
    assert.deepEqual(result.answer?.["added"], added);
    assert.deepEqual(result.answer.data?.["added"], added);
  });

  const page = "<html><h1>Bad Gateway</h1></html>";
  await answered("a gateway's page", [502, "text/html", page], ({ outcome, answer }) => {
    assert.ok(outcome);
    assert.equal(outcome, outcomes.ofStatus(502));
    assert.equal(answer, undefined);
  });
}

function envelope(answer: Answer): [number, string, string] {
  return [200, "application/json", JSON.stringify(answer)];
}
