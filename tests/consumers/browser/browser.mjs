// A page of the browser that is watched: what it asks for and what goes wrong in it.
import assert from "node:assert/strict";

/** Gives `use` a page that may ask for nothing but what `allowed` lets through. */
export async function watched(browser, options, allowed, use) {
  const context = await browser.newContext(options);
  const troubles = [];
  await context.route(
    (url) => !allowed(url),
    (route) => route.abort(),
  );
  context.on("request", (request) => {
    if (!allowed(new URL(request.url()))) troubles.push(`asked for ${request.url()}`);
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

/** What a page that holds everything that it shows may ask for. */
export function isLocal(url) {
  return ["file:", "data:"].includes(url.protocol);
}
