// Gets an access token for the two keys of an account. The generated types and openapi-fetch do the work,
// and `sign.ts` signs.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";
import type { Contract } from "./contract.js";
import type { Outcomes } from "./outcomes.js";
import { sign } from "./sign.js";

export interface Keys {
  accessKey: string;
  secretKey: string;
}

export interface Issued {
  outcome: string;
  token: string | undefined;
  /** The time of expiry, by the server's clock. */
  expires: Date | undefined;
}

export async function getToken(
  baseUrl: string,
  { accessKey, secretKey }: Keys,
  contract: Contract<"generateToken">,
  outcomes: Outcomes,
  timestamp = Date.now(),
): Promise<Issued> {
  const client = createClient<paths>({ baseUrl, redirect: "error" });
  const signature = sign(accessKey, secretKey, timestamp);
  const { data: answer } = await client.POST(contract.path, {
    body: { accessKey, timestamp, signature, periodSecond: 3600 },
  });
  if (answer === undefined) throw new Error("no envelope");
  const { token, expiredTime } = answer.data ?? {};
  return {
    outcome: outcomes.of(answer.code, answer.message),
    token,
    expires: expiredTime === undefined ? undefined : new Date(expiredTime),
  };
}
