// A page in the browser, with a record of its requests and errors.
import assert from "node:assert/strict";

/** Calls `use` with a page that may only request what `allowed` accepts. Fails on any other request or error. */
export async function watched(browser, options, allowed, use) {
  const context = await browser.newContext(options);
  const troubles = [];
  await context.route(
    (url) => !allowed(url),
    (route) => route.abort(),
  );
  context.on("request", (request) => {
    if (!allowed(new URL(request.url()))) troubles.push(`requested ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => troubles.push(`threw: ${error.error()}`));
  const page = await context.newPage();
  page.on("websocket", (socket) => troubles.push(`opened ${socket.url()}`));
  await use(page);
  assert.deepEqual(troubles, []);
  await context.close();
}

/** Whether a self-contained page may request this. */
export function isLocal(url) {
  return ["file:", "data:"].includes(url.protocol);
}
