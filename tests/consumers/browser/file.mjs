// Opens the page as a file, without a network. It must contain everything in the contract.
import assert from "node:assert/strict";
import { isLocal, watched } from "./browser.mjs";
import { passed } from "./checks.mjs";

export async function checkFile(browser, address, document) {
  await watched(browser, { offline: true }, isLocal, async (page) => {
    await page.goto(address);
    await page.locator(".opblock").first().waitFor();
    passed("opens as a file without a network");

    for (const { url, "x-region": region } of document.servers) {
      const row = page.getByRole("row").filter({ has: page.getByText(url, { exact: true }) });
      for (const fact of [region.name, region.code, region.country]) await shows(row, fact);
    }
    passed(`shows every region: ${document.servers.length}`);

    const outcomes = outcomesOf(document);
    for (const [id, facts] of outcomes) {
      for (const fact of facts) await shows(page.locator(`tr[id="${id}"]`), fact);
    }
    passed(`shows every outcome, with its codes and messages: ${outcomes.size}`);

    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const place = page.locator(`.opblock-${method} .opblock-summary-path[data-path="${path}"]`);
        assert.equal(await place.count(), 1, `${method} ${path}`);
      }
    }
    passed("shows every operation");

    await checkSamples(page);
  });
}

/** Checks that there is one `row`, and that its visible text contains `fact`. */
async function shows(row, fact) {
  assert.equal(await row.count(), 1, `one row with ${fact}`);
  assert.ok((await row.innerText()).includes(fact), `${fact} is not shown`);
}

/** The texts that the page must show for each outcome, by the id of its row. */
function outcomesOf(document) {
  const outcomes = new Map();
  const add = (id, facts) => outcomes.set(id, [...(outcomes.get(id) ?? []), ...facts]);
  const addOutcome = (id, { codes = [], messages = [], statuses = [] }) => {
    add(id, codes.map((code) => code.code ?? code));
    add(id, messages.flatMap(({ code, message, contains }) => [code, message ?? contains]));
    add(id, statuses.map(String));
  };
  const operations = Object.values(document.paths).flatMap(Object.values);
  const platform = Object.entries(document["x-platform-outcomes"]);
  for (const operation of operations) {
    const own = operation["x-outcomes"];
    const row = (name) => (name in own ? `outcome-${operation.operationId}-${name}` : `outcome-${name}`);
    for (const [name, outcome] of Object.entries(own)) {
      add(row(name), [outcome.summary, outcome.action]);
      addOutcome(row(name), outcome);
    }
    for (const [name, outcome] of platform) {
      if (!(name in own)) add(row(name), [outcome.summary, outcome.action]);
      addOutcome(row(name), outcome);
    }
    const responses = Object.values(operation.responses);
    const media = responses.flatMap(({ content = {} }) => Object.values(content));
    for (const { "x-outcome": name, value } of media.flatMap(({ examples }) => Object.values(examples))) {
      add(row(name), [value.code, value.message]);
    }
  }
  return outcomes;
}

/** The arrow keys choose the language, and only the sample of that language is visible. */
async function checkSamples(page) {
  const samples = page.locator(".samples").first();
  const names = await samples.getByRole("radio").count();
  await samples.getByRole("radio").first().focus();
  for (let index = 0; index < names; index += 1) {
    const visible = samples.locator("pre:visible");
    assert.equal(await visible.count(), 1, "one sample at a time");
    const label = samples.locator("label").nth(index);
    assert.equal(await visible.getAttribute("data-language"), (await label.innerText()).trim());
    await page.keyboard.press("ArrowRight");
  }
  passed(`switches between samples by keyboard: ${names}`);
}
