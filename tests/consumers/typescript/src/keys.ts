// Gets an access token for the two keys of an account, and checks the outcomes of failures.
import assert from "node:assert/strict";
import { Contract, type Document, first, signedExamples } from "./contract.js";
import { Outcomes } from "./outcomes.js";
import { passed } from "./passed.js";
import { sign } from "./sign.js";
import { getToken, type Keys } from "./token.js";

/** Checks how a token is issued, and returns one. */
export async function checkKeys(baseUrl: string, keys: Keys, document: Document): Promise<string> {
  const examples = signedExamples(document);
  assert.notEqual(examples.length, 0);
  for (const { accessKey, secretKey, timestamp, signature } of examples) {
    assert.equal(sign(accessKey, secretKey, Number(timestamp)), signature);
  }
  passed("signs as the contract's example");

  const contract = new Contract(document, "generateToken");
  const outcomes = new Outcomes(document, "generateToken");
  const get = (keys: Keys, timestamp?: number) => getToken(baseUrl, keys, contract, outcomes, timestamp);

  const wrongKey = await get({ ...keys, secretKey: `${keys.secretKey}?` });
  assert.deepEqual([wrongKey.outcome, wrongKey.token], ["WrongSignature", undefined]);
  passed(`a wrong secret key: ${wrongKey.outcome}`);

  const hour = 3_600_000;
  const wrongTime = await get(keys, Date.now() - hour);
  assert.deepEqual([wrongTime.outcome, wrongTime.token], ["WrongTime", undefined]);
  passed(`a clock that is an hour slow: ${wrongTime.outcome}`);

  const issued = await get(keys);
  assert.equal(issued.outcome, "TokenIssued");
  assert.ok(first([issued.expires]).getTime() > Date.now());
  passed(`two keys: ${issued.outcome}`);
  return first([issued.token]);
}
