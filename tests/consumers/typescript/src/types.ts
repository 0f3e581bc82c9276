// What the generated types must say. Nothing runs here: the compiler refuses what does not hold.
import type { Answer, Request } from "./contract.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Holds<T extends true> = T;
type Data = NonNullable<Answer["data"]>;

export type Promises = [
  Holds<Same<Request["signatureId"], string>>,
  // Open: a code that was added later has no type error.
  Holds<Same<Answer["code"], string>>,
  Holds<Same<Answer["message"], string | undefined>>,
  Holds<Same<Data["signatureId"], string | undefined>>,
  // Both null and absent.
  Holds<null extends Answer["data"] ? true : false>,
  Holds<{ code: string } extends Answer ? true : false>,
  // Of any type, and so are members that the contract does not know.
  Holds<Same<Answer["extra"], unknown>>,
  Holds<Same<Answer["added-later"], unknown>>,
];
