// Checks that the contract can be used from TypeScript. Takes the address of a sandbox, and reads the two
// keys of its account from the environment. Prints a line for each check that passed.
import { Contract, documentOf, first } from "./contract.js";
import { checkKeys } from "./keys.js";
import { Outcomes } from "./outcomes.js";
import { checkSandbox } from "./sandbox.js";
import { checkStrangeAnswers } from "./strange.js";

const sandbox = first([process.argv[2]]);
const keys = {
  accessKey: first([process.env["FACE_SEARCH_ENROLL_ACCESS_KEY"]]),
  secretKey: first([process.env["FACE_SEARCH_ENROLL_SECRET_KEY"]]),
};
const document = await documentOf(sandbox);
const contract = new Contract(document, "enroll");
const outcomes = new Outcomes(document, "enroll");

const token = await checkKeys(sandbox, keys, document);
await checkSandbox(sandbox, token, contract, outcomes);
await checkStrangeAnswers(contract, outcomes);
