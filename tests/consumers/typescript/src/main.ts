// Proves that the contract can be used from TypeScript: takes the address of a sandbox, and prints
// a line for each check that passed.
import { Contract, first } from "./contract.js";
import { checkSandbox } from "./sandbox.js";
import { checkStrangeAnswers } from "./strange.js";
import { Outcomes } from "./outcomes.js";

const sandbox = first([process.argv[2]]);
const contract = await Contract.from(sandbox);
const outcomes = new Outcomes(contract);

await checkSandbox(sandbox, contract, outcomes);
await checkStrangeAnswers(contract, outcomes);
