// The page at 390 px: a phone.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";

const answered = (call) => outcome(call) !== "no_response";

/** Nothing but the list itself scrolls sideways. */
async function expectNoSidewaysScroll(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

test("the list is readable, and a call fills the screen", async ({ logs, page, shop }) => {
  const calls = shop.filter(answered);
  await logs.open();
  await expectNoSidewaysScroll(page);
  await expect(logs.row(calls[0])).toContainText("201");
  await expect(logs.row(calls[0])).toContainText("/orders");
  await logs.row(calls[1]).tap();
  await expect(logs.panel).toBeVisible();
  const box = await logs.panel.boundingBox();
  expect(box.width).toBeGreaterThanOrEqual(380);
  await expectNoSidewaysScroll(page);
  await logs.panel.getByRole("button", { name: "Close" }).tap();
  await expect(logs.panel).toBeHidden();
});

test("filters are behind one button, and work", async ({ logs, page, shop }) => {
  await logs.open();
  await page.getByRole("button", { name: /^Filters/ }).tap();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: /^Response status/ }).tap();
  await sheet.getByRole("checkbox", { name: /^Error/ }).tap();
  await logs.expectQuery({ status: "error" });
  await sheet.getByRole("button").last().tap();
  await expect(sheet).toBeHidden();
  await expect.poll(async () => (await logs.ids())[0]).toBe(shop.find((call) => outcome(call) === "error").id);
});

test("search works", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.search("kingfisher");
  await expect.poll(() => logs.ids()).toEqual([shop.find((call) => JSON.stringify(call).includes("kingfisher")).id]);
  await expectNoSidewaysScroll(page);
});

test("everything that can be pressed is large enough for a finger", async ({ logs, page }) => {
  await logs.open();
  const small = await page.getByRole("button").evaluateAll((buttons) =>
    buttons
      .filter((button) => button.checkVisibility())
      .map((button) => ({ name: button.textContent || button.ariaLabel, box: button.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
  );
  expect(small).toEqual([]);
});

test("at 320 px nothing scrolls sideways, with the menus and the commands open as well", async ({ logs, page, shop }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await logs.open();
  await expectNoSidewaysScroll(page);
  for (const name of ["Columns", "Export"]) {
    await page.getByRole("button", { name }).tap();
    const box = await logs.popover(name).boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(320);
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("ControlOrMeta+k");
  const { x, width } = await page.getByRole("dialog").boundingBox();
  expect(x >= 0 && x + width <= 320).toBe(true);
  await page.keyboard.press("Escape");
  await logs.row(shop.filter(answered)[0]).tap();
  await expect(logs.panel).toBeVisible();
  await expectNoSidewaysScroll(page);
});
