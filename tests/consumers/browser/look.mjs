// Takes screenshots of the page for people to look at, and checks that everything fits the screen.
// `reference-light.png` and `reference-dark.png` show its beginning, for the README.
import assert from "node:assert/strict";
import { isLocal, watched } from "./browser.mjs";
import { passed } from "./checks.mjs";

const WIDTHS = { wide: 1280, tablet: 800, narrow: 390 };

export async function checkLook(browser, address, folder) {
  for (const [name, width] of Object.entries(WIDTHS)) {
    for (const colorScheme of ["light", "dark"]) {
      const options = { offline: true, viewport: { width, height: 900 }, colorScheme };
      await watched(browser, options, isLocal, async (page) => {
        await page.goto(address);
        await page.locator(".opblock").first().waitFor();
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `${sideways} pixels too wide for ${width}`);
        const cells = await page.locator(".table :is(th, td)").evaluateAll((cells) =>
          cells
            .filter((cell) => cell.scrollWidth > cell.offsetWidth || cell.getBoundingClientRect().right > innerWidth)
            .map((cell) => cell.innerText),
        );
        assert.deepEqual(cells, [], `cells that do not fit ${width}`);
        if (name === "wide") await page.screenshot({ path: `${folder}/reference-${colorScheme}.png` });
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true });
      });
      passed(`fits ${width} pixels, ${colorScheme}`);
    }
  }
}
