// What the generated types must guarantee. Nothing here is executed: the compiler reports what is not true.
import type { Answer, Request } from "./contract.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Holds<T extends true> = T;
type Data = NonNullable<Answer["data"]>;

export type Promises = [
  Holds<Same<Request["signatureId"], string>>,
  // The list of codes is open: a new code is not a type error.
  Holds<Same<Answer["code"], string>>,
  Holds<Same<Answer["message"], string | undefined>>,
  Holds<Same<Data["signatureId"], string | undefined>>,
  // It may be null or absent.
  Holds<null extends Answer["data"] ? true : false>,
  Holds<{ code: string } extends Answer ? true : false>,
  // It may have any type. Unknown fields are allowed.
  Holds<Same<Answer["extra"], unknown>>,
  Holds<Same<Answer["added-later"], unknown>>,
];
