// Reads the page from a disk, with the network cut: everything of the contract must be in it.
import assert from "node:assert/strict";
import { isLocal, watched } from "./browser.mjs";
import { passed } from "./checks.mjs";

export async function checkFile(browser, address, document) {
  await watched(browser, { offline: true }, isLocal, async (page) => {
    await page.goto(address);
    await page.locator(".opblock").waitFor();
    passed("opens from a disk without a network");

    for (const { url, "x-region": region } of document.servers) {
      const row = page.getByRole("row").filter({ has: page.getByText(url, { exact: true }) });
      for (const fact of [region.name, region.code, region.country]) await shows(row, fact);
    }
    passed(`shows every region: ${document.servers.length}`);

    const outcomes = outcomesOf(document);
    for (const [name, facts] of outcomes) {
      const header = page.getByRole("rowheader", { name, exact: true });
      const row = page.getByRole("row").filter({ has: header });
      for (const fact of facts) await shows(row, fact);
    }
    passed(`shows every outcome, with its codes and messages: ${outcomes.size}`);

    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const operation = page.locator(`.opblock-${method}`);
        assert.equal(await operation.locator(".opblock-summary-path").getAttribute("data-path"), path);
      }
    }
    passed("draws the operation");
  });
}

/** The text of `row` has `fact`; there is one such row, and it can be seen. */
async function shows(row, fact) {
  assert.equal(await row.count(), 1, `one row with ${fact}`);
  assert.ok((await row.innerText()).includes(fact), `${fact} is not shown`);
}

/** By name, the texts that the page must show of each outcome. */
function outcomesOf(document) {
  const [operation] = Object.values(document.paths).flatMap(Object.values);
  const outcomes = new Map();
  const add = (name, facts) => outcomes.set(name, [...(outcomes.get(name) ?? []), ...facts]);
  const all = [operation["x-outcomes"], document["x-platform-outcomes"]].flatMap(Object.entries);
  for (const [name, { summary, action, codes = [], messages = [], statuses = [] }] of all) {
    add(name, [summary, action].filter(Boolean));
    add(name, codes.map((code) => code.code ?? code));
    add(name, messages.flatMap(({ code, message, contains }) => [code, message ?? contains]));
    add(name, statuses.map(String));
  }
  const responses = Object.values(operation.responses);
  const media = responses.flatMap(({ content = {} }) => Object.values(content));
  for (const { "x-outcome": name, value } of media.flatMap(({ examples }) => Object.values(examples))) {
    add(name, [value.code, value.message]);
  }
  return outcomes;
}
