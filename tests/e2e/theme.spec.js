// Light and dark follow the system.

import { expect, test } from "./support/test.js";

test("the page takes the colours of the system", async ({ colorScheme, logs, page }) => {
  await logs.open();
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const lightness = background.match(/[\d.]+/g).slice(0, 3).map(Number).reduce((sum, part) => sum + part, 0) / 3;
  if (colorScheme === "dark") expect(lightness).toBeLessThan(80);
  else expect(lightness).toBeGreaterThan(200);
});
