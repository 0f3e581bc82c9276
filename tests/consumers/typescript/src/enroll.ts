// One call of the operation, and its result. The generated types and openapi-fetch do the work.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";
import type { Answer, Contract } from "./contract.js";
import type { Outcomes } from "./outcomes.js";

export interface Result {
  status: number;
  outcome: string | undefined;
  /** The envelope; undefined if the body is something else, such as a gateway's page. */
  answer: Answer | undefined;
  signatureId: string | undefined;
}

export type Enroll = (signatureId: string, headers?: Record<string, string>) => Promise<Result>;

export function enrollAt(baseUrl: string, token: string, contract: Contract, outcomes: Outcomes): Enroll {
  const client = createClient<paths>({
    baseUrl,
    headers: { [contract.tokenHeader]: token },
    // A redirect would send the token to another server.
    redirect: "error",
  });
  return async (signatureId, headers = {}) => {
    const { data, error, response } = await client.POST(contract.path, {
      body: { signatureId },
      headers,
    });
    // An envelope can come with any status, so the status does not say whether the body is one.
    const body: unknown = data ?? error;
    const answer = isEnvelope(body) ? body : undefined;
    return {
      status: response.status,
      outcome: answer ? outcomes.of(answer.code, answer.message) : outcomes.ofStatus(response.status),
      answer,
      signatureId: answer?.data?.signatureId,
    };
  };
}

function isEnvelope(body: unknown): body is Answer {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string";
}
