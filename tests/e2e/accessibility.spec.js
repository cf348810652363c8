// axe looks at every state; the projects bring light, dark and 390 px. Nothing is excused.

import axe from "axe-core";

import { expect, test } from "./support/test.js";
import { STATES } from "./support/states.js";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const { name, viewer, errors = [], enter } of STATES) {
  test.describe(name, () => {
    test.use({ viewer, expectedErrors: errors });

    test(`${name}: axe finds nothing`, async ({ clinic, isMobile, logs, page, shop, viewport }) => {
      test.skip(viewport.width < 500 && /filter|dates/.test(name), "filters are in a dialog there, see narrow.spec.js");
      await enter({ logs, page, shop, clinic, isMobile });
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), RULES);
      const found = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id} (${help}): ${node.target.join(" ")} — ${node.failureSummary}`),
      );
      expect(found).toEqual([]);
    });
  });
}
