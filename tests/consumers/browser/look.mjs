// Takes pictures of the page for people to look at, and checks that it fits narrow screens.
import assert from "node:assert/strict";
import { isLocal, watched } from "./browser.mjs";
import { passed } from "./checks.mjs";

const WIDTHS = { wide: 1280, narrow: 390 };

export async function checkLook(browser, address, folder) {
  for (const [name, width] of Object.entries(WIDTHS)) {
    for (const colorScheme of ["light", "dark"]) {
      const options = { offline: true, viewport: { width, height: 900 }, colorScheme };
      await watched(browser, options, isLocal, async (page) => {
        await page.goto(address);
        await page.locator(".opblock").first().waitFor();
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `${sideways} pixels stick out at the side of ${width}`);
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true });
      });
      passed(`fits ${width} pixels, ${colorScheme}`);
    }
  }
}
