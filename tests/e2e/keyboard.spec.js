// Everything without a mouse.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";

const answered = (call) => outcome(call) !== "no_response";

test("a slash leads to the search box, from anywhere but a field", async ({ logs, page }) => {
  await logs.open();
  await page.keyboard.press("/");
  await expect(logs.searchBox).toBeFocused();
  await page.keyboard.type("a/b");
  await expect(logs.searchBox).toHaveValue("a/b");
});

for (const [down, up] of [["j", "k"], ["ArrowDown", "ArrowUp"]]) {
  test(`${down} and ${up} walk the list, Enter opens, Escape closes`, async ({ logs, page, shop }) => {
    const [first, second, third] = shop.filter(answered);
    await logs.open();
    await logs.link(first).focus();
    await page.keyboard.press(down);
    await expect(logs.link(second)).toBeFocused();
    await page.keyboard.press(down);
    await page.keyboard.press(up);
    await expect(logs.link(second)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(logs.panel).toBeVisible();
    await expect.poll(() => logs.query().get("call")).toBe(second.id);
    await page.keyboard.press("Escape");
    await expect(logs.panel).toBeHidden();
    await expect(logs.link(second)).toBeFocused();
    await page.keyboard.press(down);
    await expect(logs.link(third)).toBeFocused();
  });
}

test("the list is one stop of the tab key", async ({ logs, page }) => {
  await logs.open();
  const stops = await logs.grid.locator('[tabindex="0"], a[href]:not([tabindex="-1"]), button:not([tabindex="-1"])').count();
  expect(stops).toBeLessThanOrEqual(1);
  await expect(page.getByRole("main")).toBeVisible();
});

test("a filter is opened, set and closed by keys, and gives the focus back", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.filter("Response status").focus();
  await page.keyboard.press("Enter");
  await logs.option("Response status", "Error").focus();
  await page.keyboard.press("Space");
  await logs.expectCalls(shop.filter((call) => outcome(call) === "error"));
  await page.keyboard.press("Escape");
  await expect(logs.filter("Response status")).toBeFocused();
  await expect(logs.popover("Response status")).toBeHidden();
});

test("the tabs of the panel are walked with the arrows", async ({ logs, page, shop }) => {
  await logs.open(`call=${shop[0].id}`);
  await logs.tab("Request").focus();
  await page.keyboard.press("ArrowRight");
  await expect(logs.tab("Response")).toBeFocused();
  await expect(logs.tab("Response")).toHaveAttribute("aria-selected", "true");
});
