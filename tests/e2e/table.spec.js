// The list as a table: its columns, its height, calls that are folded, and rows that are links.

import { RUNS } from "../fixtures/shop.js";
import { expect, test } from "./support/test.js";

test.use({ viewer: { account: "polls", role: "owner" } });

const USUAL = ["Status", "Time", "Application", "Request", "Bot name", "Source", "User", "Took"];

const headers = (logs) => logs.grid.getByRole("columnheader").allTextContents();
const places = (logs) => logs.grid.locator("[data-call]").evaluateAll((rows) => rows.map((row) => Number(row.ariaRowIndex)));
const height = async (logs, call) => (await logs.row(call).boundingBox()).height;

async function openColumns(page, logs) {
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(logs.popover("Columns")).toBeVisible();
}

test("columns are chosen, ordered and sized, kept, and can be put back", async ({ logs, page, polls }) => {
  await logs.open();
  expect(await headers(logs)).toEqual(USUAL);
  await openColumns(page, logs);
  await logs.option("Columns", "User").click();
  await logs.option("Columns", "Host").click();
  await expect(logs.option("Columns", "Status")).toBeDisabled();
  await expect(page.getByRole("checkbox", { name: "Time", exact: true })).toBeDisabled();
  const up = page.getByRole("button", { name: "Move Bot name up" });
  await up.click();
  await expect(up).toBeFocused();
  await up.press("Enter");
  const expected = ["Status", "Time", "Bot name", "Application", "Request", "Source", "Took", "Host"];
  await expect.poll(() => headers(logs)).toEqual(expected);
  await expect(logs.grid).toHaveAttribute("aria-colcount", "8");
  const bot = logs.grid.getByRole("columnheader", { name: "Bot name" });
  const before = (await bot.boundingBox()).width;
  await page.getByRole("slider", { name: "Width of Bot name" }).press("ArrowRight");
  await expect.poll(async () => (await bot.boundingBox()).width).toBeGreaterThan(before);

  await logs.open();
  expect(await headers(logs)).toEqual(expected);
  expect((await bot.boundingBox()).width).toBeGreaterThan(before);
  await expect(logs.row(polls[0])).toContainText("shop.example");
  const cells = logs.row(polls[0]).getByRole("gridcell");
  expect(await cells.evaluateAll((cells) => cells.map((cell) => cell.ariaColIndex))).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);

  await openColumns(page, logs);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => headers(logs)).toEqual(USUAL);
  expect(await page.evaluate(() => localStorage.getItem("api-logs.table"))).toBeNull();
});

test("the edge of a column is drawn, and a double press gives its width back", async ({ logs, page }) => {
  await logs.open();
  for (const [name, by] of [["Application", 60], ["Bot name", -60]]) {
    const header = logs.grid.getByRole("columnheader", { name });
    const { width } = await header.boundingBox();
    const edge = header.locator("[data-edge]");
    const box = await edge.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + by, box.y + 8, { steps: 3 });
    await page.mouse.up();
    await expect.poll(async () => Math.round((await header.boundingBox()).width - width)).toBe(60);
    await edge.dblclick();
    await expect.poll(async () => Math.round((await header.boundingBox()).width - width)).toBe(0);
  }
});

test("the height of a row is the reader's", async ({ logs, page, polls }) => {
  await logs.open();
  expect(await height(logs, polls[0])).toBe(32);
  await openColumns(page, logs);
  for (const [name, pixels] of [["Compact", 28], ["Roomy", 40]]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect.poll(() => height(logs, polls[0])).toBe(pixels);
  }
  await logs.open();
  expect(await height(logs, polls[0])).toBe(40);
});

test("calls that are alike are one row with their number, and no error is among them", async ({ logs, page, polls }) => {
  const [waiting, , , refused] = RUNS;
  await logs.open();
  await expect(logs.count).toHaveText(new RegExp(`^${polls.length} calls`));
  expect((await places(logs)).slice(0, 5)).toEqual([2, 14, 15, 19, 24]);
  await expect(logs.row(polls[waiting])).toContainText("503");
  await expect(logs.row(polls[0]).getByRole("button", { name: "Show each of 12 calls that are alike" })).toBeVisible();
  const link = logs.link(polls[0]);
  await expect(link).toHaveAccessibleName(/newest of 12 calls that are alike/);

  await link.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await places(logs)).slice(0, 13)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  await expect(link).toBeFocused();
  const button = page.getByRole("button", { name: "Fold 12 calls that are alike" });
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await expect(logs.link(polls[1])).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await places(logs)).slice(0, 2)).toEqual([2, 14]);
  await expect(link).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(logs.link(polls[waiting])).toBeFocused();

  // Whoever walks through the calls in the panel sees every one of them; their row stays the open one.
  await logs.openCall(polls[0]);
  await logs.panel.getByRole("button", { name: /older/i }).click();
  await expect.poll(() => logs.query().get("call")).toBe(polls[1].id);
  await expect(logs.panel).toContainText(`Call 2 of ${polls.length}`);
  await expect(logs.row(polls[0])).toHaveAttribute("aria-selected", "true");
  await logs.panel.getByRole("button", { name: "Close" }).click();

  await openColumns(page, logs);
  await page.getByRole("checkbox", { name: "Fold calls in a row that are alike" }).click();
  await expect.poll(async () => (await places(logs)).slice(0, 4)).toEqual([2, 3, 4, 5]);
  await expect(logs.grid.locator("[data-fold]")).toHaveCount(0);
  expect(refused).toBeGreaterThan(2);
});

test("a row opens in a new tab wherever it is pressed, and its words can be selected", async ({ context, logs, page, polls }) => {
  await logs.open();
  const call = polls[RUNS.reduce((sum, run) => sum + run)];
  const request = logs.row(call).getByText("/0", { exact: false }).first();
  for (const press of [{ modifiers: ["ControlOrMeta"] }, { button: "middle" }]) {
    for (const place of [request, logs.link(call)]) {
      const [tab] = await Promise.all([context.waitForEvent("page"), place.click(press)]);
      expect(new URL(tab.url()).searchParams.get("call")).toBe(call.id);
      await tab.close();
    }
  }
  expect(logs.query().get("call")).toBeNull();

  const box = await request.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 1, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, y, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection().toString())).not.toBe("");
  expect(logs.query().get("call")).toBeNull();
  // A press takes the selection away; only the next one opens.
  await request.click();
  expect(logs.query().get("call")).toBeNull();
  await request.click();
  await expect(logs.panel).toBeVisible();
});

test("the browser's menu on a row is that of a link", async ({ logs, page, polls }) => {
  await logs.open();
  await page.evaluate(() => {
    document.addEventListener("contextmenu", (event) => {
      document.title = event.target.closest("a") ? "a link" : "no link";
      event.preventDefault();
    });
  });
  await logs.row(polls[0]).getByText("JSON API").click({ button: "right" });
  await expect(page).toHaveTitle("a link");
});

test("the focus stays on its row while the list is scrolled away", async ({ logs, page, polls }) => {
  await logs.open();
  await logs.link(polls[0]).focus();
  await logs.grid.hover();
  for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, 900);
  await expect(logs.row(polls[0])).not.toBeInViewport();
  await expect(logs.link(polls[0])).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(logs.row(polls[RUNS[0]])).toBeInViewport();
});

test("the day of what is in view stays below the header", async ({ logs, page, polls }) => {
  await logs.open();
  await logs.grid.hover();
  const oldest = polls.at(-1);
  await expect(async () => {
    await page.mouse.wheel(0, 2_000);
    await expect(logs.row(oldest)).toBeInViewport({ timeout: 50 });
  }).toPass({ timeout: 20_000, intervals: [0] });
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "Asia/Kolkata" });
  await expect(page.locator(".row--stuck")).toContainText(day.format(new Date(polls.at(-20).timestamp)));
  await expect(page.locator(".row--stuck")).toBeInViewport();
});

test("what people wrote runs in its own direction", async ({ logs, polls }) => {
  await logs.open();
  const call = polls[RUNS[0] + RUNS[1] + RUNS[2]];
  for (const words of ["خدمة العملاء", "מרים כהן"]) {
    expect(await logs.row(call).getByText(words).evaluate((cell) => getComputedStyle(cell).direction)).toBe("rtl");
  }
});
