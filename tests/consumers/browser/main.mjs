// Checks the reference page in a browser. Takes the path of Chromium, the address of a sandbox and a folder
// for screenshots. Prints a line for each check that passed.
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { checkCall } from "./call.mjs";
import { checkFile } from "./file.mjs";
import { checkLook } from "./look.mjs";

const [executablePath, sandbox, folder] = process.argv.slice(2);

async function fetched(path) {
  const response = await fetch(new URL(path, sandbox));
  if (!response.ok) throw new Error(`${response.url}: HTTP status ${response.status}; check that the sandbox is running`);
  return response.text();
}

await mkdir(folder, { recursive: true });
const index = resolve(folder, "index.html");
await writeFile(index, await fetched("/"));
const address = pathToFileURL(index).href;
const document = JSON.parse(await fetched("/openapi.json"));

const browser = await chromium.launch({ executablePath });
try {
  await checkFile(browser, address, document);
  await checkCall(browser, sandbox, document);
  await checkLook(browser, address, folder);
} finally {
  await browser.close();
}
