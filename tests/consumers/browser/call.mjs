// Calls the sandbox from the page that it serves, as a user would.
import assert from "node:assert/strict";
import { watched } from "./browser.mjs";
import { passed } from "./checks.mjs";

const TOKEN = "a-token-typed-by-hand";

export async function checkCall(browser, sandbox, document) {
  const { origin } = new URL(sandbox);
  const isOfSandbox = (url) => url.origin === origin || url.protocol === "data:";
  await watched(browser, {}, isOfSandbox, async (page) => {
    await page.goto(sandbox);

    // The servers of the document come first. An operation with its own servers has another list below.
    const servers = page.getByRole("combobox", { name: "Server", exact: true });
    await servers.first().waitFor();
    for (const server of await servers.all()) {
      const ours = server.locator("option", { hasText: "This server" });
      await server.selectOption(await ours.getAttribute("value"));
    }
    passed("has this server among the servers");

    await page.getByRole("button", { name: "Authorize" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(TOKEN);
    await dialog.getByRole("button", { name: "Authorize" }).click();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    passed("takes a token");

    const codes = [];
    for (const [path, item] of Object.entries(document.paths)) {
      const [method] = Object.keys(item);
      const place = page.locator(`.opblock-summary-path[data-path="${path}"]`);
      const block = page.locator(".opblock").filter({ has: place });
      const tryItOut = block.getByRole("button", { name: "Try it out" });
      // The page may already be in this mode.
      if (await tryItOut.isVisible()) await tryItOut.click();
      const takesToken = (item[method].security ?? document.security).length > 0;
      const call = () => execute(page, block, path, method, takesToken && document);
      const answers = [await call(), await call()];
      if (item[method]["x-effect"]) codes.push(...answers);
    }
    assert.equal(new Set(codes).size, 2, "the second call has the same outcome as the first");
    passed(`calls twice and shows the responses: ${codes.join(", ")}`);

    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, window.document.cookie]));
    assert.ok(!kept.includes(TOKEN), "the browser stores the token");
    passed("does not store the token");
  });
}

/**
 * Presses Execute, and returns the code of the response that the page shows. `document` is passed for an
 * operation that takes a token.
 */
async function execute(page, block, path, method, document) {
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path);
  await block.getByRole("button", { name: "Execute" }).click();
  const response = await answered;
  const request = response.request();
  assert.equal(request.method(), method.toUpperCase());
  if (document) {
    const [scheme] = Object.keys(document.security[0]);
    const header = document.components.securitySchemes[scheme].name.toLowerCase();
    assert.equal((await request.allHeaders())[header], TOKEN);
  }
  const { code, transactionId } = await response.json();
  const shown = block.locator(".live-responses-table").filter({ hasText: transactionId });
  await shown.waitFor();
  const text = await shown.innerText();
  assert.ok(text.includes(code), `${code} is not shown`);
  assert.ok(text.includes(String(response.status())), "the status is not shown");
  return code;
}
