// Thousands of rows: all can be reached, few are in the document.

import { manyCalls } from "../fixtures/shop.js";
import { CROWD, expect, test } from "./support/test.js";

test.use({ viewer: { account: "crowd", role: "owner" } });

const MOST_ROWS_IN_DOM = 150;

test("the count is of all calls, not of those on screen", async ({ logs }) => {
  await logs.open();
  await expect(logs.count).toContainText(`${CROWD.toLocaleString("en-GB")} calls`);
});

test("wheeling down reaches the oldest call, and the document stays small", async ({ logs, page }) => {
  // Some seconds where nothing else runs; a busy machine takes its time.
  test.setTimeout(100_000);
  const oldest = manyCalls(0, CROWD).at(-1);
  await logs.open();
  await logs.grid.hover();
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    expect(await logs.grid.getByRole("row").count()).toBeLessThan(MOST_ROWS_IN_DOM);
    await expect(logs.row(oldest)).toBeInViewport({ timeout: 50 });
  }).toPass({ timeout: 90_000, intervals: [0] });
  await expect(logs.row(oldest)).toHaveAttribute("aria-rowindex", /\d+/);
});

test("End and Home lead to the last and the first row", async ({ logs, page }) => {
  const [newest] = manyCalls(0, 1);
  await logs.open();
  await logs.link(newest).focus();
  await page.keyboard.press("End");
  await expect(logs.row(newest)).not.toBeInViewport();
  // The last row comes into the document with the scroll, and takes the focus then.
  await expect(logs.grid.getByRole("link").and(page.locator(":focus"))).toBeVisible();
  await page.keyboard.press("Home");
  await expect(logs.row(newest)).toBeInViewport();
  await expect(logs.link(newest)).toBeFocused();
});

test("Home directly after End still is a key of the list", async ({ logs, page }) => {
  const [newest] = manyCalls(0, 1);
  await logs.open();
  await logs.link(newest).focus();
  // Both keys before the next frame, each where the focus is then.
  await page.evaluate(async () => {
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    press("End");
    await new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(null);
    });
    press("Home");
  });
  await expect(logs.row(newest)).toBeInViewport();
  await expect(logs.link(newest)).toBeFocused();
});

test("opening and closing a call keeps the place in the list", async ({ logs, page }) => {
  await logs.open();
  await logs.grid.hover();
  await page.mouse.wheel(0, 2_000);
  await expect.poll(async () => (await logs.ids())[0]).not.toBe(manyCalls(0, 1)[0].id);
  const inView = manyCalls(0, 200).slice(70, 75);
  await logs.row(inView[2]).click();
  await expect(logs.panel).toBeVisible();
  await logs.panel.getByRole("button", { name: "Close" }).click();
  await expect(logs.row(inView[2])).toBeInViewport();
});
