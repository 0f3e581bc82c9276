import { createHash } from "node:crypto";

/** The signature of a request for a token. `timestamp` is the timestamp of the same request. */
export function sign(accessKey: string, secretKey: string, timestamp: number): string {
  return createHash("sha256").update(`${accessKey}${secretKey}${timestamp}`, "utf8").digest("hex");
}
