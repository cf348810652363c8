// Everything by name and by key, and what is said of what happens out of sight.

import { readFile } from "node:fs/promises";

import { outcome } from "../fixtures/call.js";
import { manyCalls } from "../fixtures/shop.js";
import { CROWD, expect, test } from "./support/test.js";

const dialog = (page, name) => page.getByRole("dialog", { name });

/** Runs a command by a part of its name. */
async function command(page, words) {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill(words);
  await page.keyboard.press("Enter");
  await expect(dialog(page, "Commands")).toBeHidden();
}

test("commands are found by some letters, walked with the arrows, and run", async ({ logs, page, shop }) => {
  await logs.open();
  await page.keyboard.press("ControlOrMeta+k");
  const field = page.getByRole("combobox", { name: "Find a command" });
  await expect(field).toBeFocused();
  await field.fill("last");
  const options = dialog(page, "Commands").getByRole("option");
  await expect(options).toHaveText(["Last hour", "Last 24 hours", "Last 7 days"]);
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", await options.nth(1).getAttribute("id"));
  await page.keyboard.press("Enter");
  await logs.expectQuery({ last: "24h" });
  await command(page, "errors only");
  await logs.expectQuery({ last: "24h", status: "error" });
  await command(page, "clear all");
  await logs.expectCalls(shop.filter((call) => outcome(call) !== "no_response"));
  await command(page, "search");
  await expect(logs.searchBox).toBeFocused();
  await page.keyboard.press("ControlOrMeta+k");
  await field.fill("nosuchcommand");
  await expect(dialog(page, "Commands")).toContainText("No command has these letters.");
});

test("every key of the sheet works, until letters are switched off", async ({ logs, page }) => {
  await logs.open();
  await page.keyboard.press("?");
  await expect(dialog(page, "Keys").getByRole("listitem").filter({ hasText: "Show errors only" })).toContainText("e");
  await page.keyboard.press("Escape");
  await expect(dialog(page, "Keys")).toBeHidden();
  await page.keyboard.press("e");
  await logs.expectQuery({ status: "error" });
  await page.keyboard.press("e");
  await logs.expectQuery({});
  await page.keyboard.press("g");
  await expect(dialog(page, "Go to a time")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(page.getByRole("status").filter({ hasText: "Link copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

  await page.getByRole("button", { name: "Keys" }).click();
  const letters = page.getByRole("switch", { name: "Letters are shortcuts" });
  await expect(letters).toBeChecked();
  await letters.click();
  await expect(letters).not.toBeChecked();
  await page.keyboard.press("Escape");
  for (const key of ["e", "g", "?", "j", "/"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(logs.searchBox).not.toBeFocused();
  await logs.expectQuery({});
  await page.reload();
  await expect(logs.count).toContainText("calls");
  await page.keyboard.press("e");
  await page.keyboard.press("ArrowDown");
  await expect(logs.grid.getByRole("link").first()).toBeFocused();
  await logs.expectQuery({});
  await command(page, "keys");
  await letters.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await logs.expectQuery({ status: "error" });
});

test("Live is switched by its command, which says how it stands", async ({ logs, page }) => {
  await logs.open();
  const live = page.getByRole("switch", { name: "Live" });
  for (const isOn of [true, false]) {
    await command(page, "live");
    await expect(live).toBeChecked({ checked: isOn });
    await expect(page.getByRole("status").filter({ hasText: isOn ? "Live is on" : "Live is off" })).toBeVisible();
  }
});

test("what is filtered is had as a file", async ({ logs, page }) => {
  await logs.open("status=error");
  await page.getByRole("button", { name: "Export" }).click();
  const menu = logs.popover("Export");
  await expect(menu).toContainText("up to 50,000 calls");
  const [file] = await Promise.all([page.waitForEvent("download"), menu.getByRole("link", { name: /^CSV/ }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\n");
  const found = Number((await logs.count.textContent()).match(/[\d,]+/)[0].replace(",", ""));
  expect(lines.length).toBe(found + 1);
  const [other] = await Promise.all([page.waitForEvent("download"), command(page, "ndjson")]);
  expect(other.suggestedFilename()).toMatch(/\.ndjson$/);
});

test("a printed call is whole, with all its parts and nothing around it", async ({ logs, page, shop }) => {
  const call = shop.find((call) => call.response?.status === 422);
  await logs.open(`call=${call.id}`);
  await expect(logs.tab("Request")).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(logs.panel).toContainText("is not an address");
  await expect(logs.panel).toContainText("Request as curl");
  for (const gone of [logs.searchBox, logs.grid, page.getByRole("navigation").first(), logs.panel.getByRole("button").first()]) {
    await expect(gone).toBeHidden();
  }
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(logs.panel).not.toContainText("is not an address");
});

test.describe("a long body", () => {
  test.use({ viewer: { account: "large", role: "owner" } });

  test("is printed to its end", async ({ logs, page }) => {
    await logs.open();
    await logs.grid.getByRole("link").first().click();
    await logs.tab("Response").click();
    await expect(logs.panel).toContainText("totalSize");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const printed = await logs.panel.locator(".print-only").first().textContent();
    expect(printed.length).toBeGreaterThan(1_000_000);
    expect(printed.trim().endsWith("}")).toBe(true);
  });
});

test.describe("thousands of calls", () => {
  test.use({ viewer: { account: "crowd", role: "owner" } });

  test("are entered at a time, and go on in both directions", async ({ logs, page, server }) => {
    await logs.open();
    const answer = await (await page.request.get(new URL("api/v1/calls?limit=1", server.url).href)).json();
    const newest = Date.parse(answer.items[0].timestamp);
    // Half an hour back, on the minute, in the zone of the tests.
    const goal = Math.floor((newest - 1_800_000) / 60_000) * 60_000;
    const wall = new Date(goal + 5.5 * 3_600_000).toISOString().slice(0, 16);
    await page.keyboard.press("g");
    await page.getByLabel("Go to the calls of").fill(wall);
    await page.getByRole("button", { name: "Go", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "newer calls are above" })).toBeVisible();
    const number = Math.ceil((newest - goal) / 1_000);
    const [first, before] = manyCalls(0, number + 2).slice(number - 1);
    const calls = [first, before];
    await expect.poll(async () => (await Promise.all(calls.map((call) => logs.row(call).count()))).reduce((a, b) => a + b)).toBeGreaterThan(0);
    await expect(logs.count).toContainText(CROWD.toLocaleString("en-GB"));
    await logs.grid.hover();
    const newestCall = manyCalls(0, 1)[0];
    await expect(async () => {
      await page.mouse.wheel(0, -3_000);
      await expect(logs.row(newestCall)).toBeInViewport({ timeout: 50 });
    }).toPass({ timeout: 60_000, intervals: [0] });
    await expect(logs.row(newestCall)).toHaveAttribute("aria-rowindex", "2");
    await expect(page.getByRole("button", { name: "Newest calls" })).toBeHidden();
  });

  test("of a bar of the picture are gone to without another range", async ({ logs, page }) => {
    await logs.open("last=1h");
    const plot = page.getByRole("slider");
    await plot.focus();
    await page.keyboard.press("End");
    for (let bar = 0; bar < 20; bar += 1) await page.keyboard.press("ArrowLeft");
    const minute = (await plot.getAttribute("aria-valuetext")).match(/(\d\d:\d\d) to/)[1];
    await expect(page.getByText("Press g to go to these calls")).toBeVisible();
    await page.keyboard.press("g");
    await expect(page.getByRole("status").filter({ hasText: "newer calls are above" })).toBeVisible();
    // One call a second: the last of the minute is the first in view.
    await expect(logs.grid.getByRole("row").filter({ hasText: `${minute}:59` })).toBeInViewport();
    await logs.expectQuery({ last: "1h" });
    await expect(plot).toBeFocused();
  });

  test("a time before the first call is said to have none", async ({ logs, page }) => {
    await logs.open();
    await page.keyboard.press("g");
    await page.getByLabel("Go to the calls of").fill("2020-01-01T00:00");
    await page.getByRole("button", { name: "Go", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "No call of this filter is as old as" })).toBeVisible();
    await expect(logs.row(manyCalls(0, 1)[0])).toBeInViewport();
  });
});
