// Enrolls one signature id, and prints what happened and what to do.
import { readFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { paths } from "./api.js";
import { Outcomes } from "./outcomes.js";
import { sign } from "./sign.js";

const [baseUrl = "", signatureId = "", contract = "openapi.json"] = process.argv.slice(2);
const accessKey = process.env["FACE_SEARCH_ENROLL_ACCESS_KEY"] ?? "";
const secretKey = process.env["FACE_SEARCH_ENROLL_SECRET_KEY"] ?? "";
const outcomes = new Outcomes(JSON.parse(await readFile(contract, "utf8")), "enroll");
// Do not send secrets to the target of a redirect.
const client = createClient<paths>({ baseUrl, redirect: "error" });

const timestamp = Date.now();
const signature = sign(accessKey, secretKey, timestamp);
const { data: issued } = await client.POST("/openapi/auth/ticket/v1/generate-token", {
  body: { accessKey, timestamp, signature, periodSecond: 3600 },
});
const token = issued?.data?.token;
if (token === undefined) throw new Error(`no token: ${issued?.message}`);

const { data, error, response } = await client.POST(
  "/intl/openapi/identity-risk/idvs-h5/ekyc/v1/face-search-enroll",
  { headers: { "X-ACCESS-TOKEN": token }, body: { signatureId }, signal: AbortSignal.timeout(15_000) },
);
// An envelope can come with any status. `error` is the body of a 4xx or 5xx, parsed if it is JSON.
const body: { code?: string; message?: string } | undefined = data ?? error;
const name = body?.code === undefined ? outcomes.ofStatus(response.status) : outcomes.of(body.code, body.message);
const outcome = outcomes.get(name ?? "");
console.log(name, "|", outcome?.summary, "|", outcome?.action);
console.log("retry:", outcomes.retry(name ?? "", response.status));
