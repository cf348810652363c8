// Calls that a page could stumble over: it stays usable, and says what it shows.

import { CONTROLS, DEPTH, LONG_LINE, LONG_URL, oddCalls, TURNED } from "../fixtures/odd.js";
import { expect, test as base } from "./support/test.js";

const test = base.extend({
  viewer: { account: "odd", role: "owner" },
  odd: [
    async ({ seeded }, use) => {
      const odd = oddCalls(Date.now());
      await seeded.server.send("odd", Object.values(odd));
      await use(odd);
    },
    { scope: "worker" },
  ],
});

const LONGEST_TASK_MILLIS = 250;

/** Nothing but what scrolls by itself is wider than the page. */
async function expectInsideThePage(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Goes on as a person would: types, closes the call, finds it and opens it again. */
async function expectUsable({ logs, page }, call) {
  await logs.panel.getByRole("button", { name: "Close" }).click();
  await expect(logs.panel).toBeHidden();
  await logs.search("odd words");
  await expect(logs.searchBox).toHaveValue("odd words");
  await logs.search("");
  await logs.openCall(call);
  await expectInsideThePage(page);
}

/** The text that a copy button gives. */
async function copied(page, button) {
  await button.click();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function watchTasks(page) {
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  });
}

for (const [name, key, shown] of [
  [`a megabyte of JSON that is nested ${DEPTH} deep`, "deep", '"in"'],
  ["a million characters in one line", "longLine", "begin"],
]) {
  test(`${name} does not freeze the page`, async ({ logs, odd, page }) => {
    await watchTasks(page);
    await logs.open();
    await expect(logs.row(odd[key])).toBeVisible();
    await page.evaluate(() => (window.longTasks.length = 0));
    await logs.openCall(odd[key]);
    await logs.tab("Response").click();
    await expect(logs.panel).toContainText(shown);
    await expectInsideThePage(page);
    const field = logs.panel.getByRole("searchbox", { name: "Find in body" });
    await field.fill(key === "deep" ? "deep deep" : "final");
    await expect(logs.panel.getByText("1 of 1")).toBeVisible();
    // What is said of the line that was found leaves room for the line.
    const code = await logs.panel.locator(".is-finding").boundingBox();
    expect(code.y - (await field.boundingBox()).y).toBeLessThan(160);
    await expectUsable({ logs, page }, odd[key]);
    const longest = await page.evaluate(() => Math.max(0, ...window.longTasks));
    test.info().annotations.push({ type: "longest task", description: `${Math.round(longest)} ms` });
    expect(longest).toBeLessThan(LONGEST_TASK_MILLIS);
  });
}

test("what was sent in one line is copied in one line", async ({ logs, odd, page }) => {
  await logs.open(`call=${odd.longLine.id}&tab=response`);
  await expect(logs.panel).toContainText("begin");
  expect(await copied(page, logs.panel.getByRole("button", { name: "Copy body" }))).toBe(LONG_LINE);
});

test("text from right to left turns nothing around it", async ({ logs, odd, page }) => {
  await logs.open();
  const row = logs.row(odd.turned);
  await expect(row).toContainText(TURNED);
  const places = await row.evaluate((row) => [...row.children].map((cell) => cell.getBoundingClientRect().left));
  const others = await logs.row(odd.longLine).evaluate((row) => [...row.children].map((cell) => cell.getBoundingClientRect().left));
  expect(places).toEqual(others);
  // The words after it stand after it on the screen, too.
  await logs.openCall(odd.turned);
  await logs.tab("Response").click();
  await expect(logs.panel).toContainText("after");
  await expectInsideThePage(page);
  await expect(logs.fact("User")).toContainText(TURNED);
  await expectUsable({ logs, page }, odd.turned);
});

test("control characters change nothing, and are copied as they came", async ({ logs, odd, page }) => {
  await logs.open(`call=${odd.controls.id}&tab=response`);
  await expect(logs.panel).toContainText("[31m");
  const copy = logs.panel.getByRole("button", { name: "Copy body" });
  expect(await copied(page, copy)).toBe(CONTROLS);
  await expectUsable({ logs, page }, odd.controls);
});

test("an address of eight kilobytes is cut in the list and whole in the command", async ({ logs, odd, page }) => {
  await logs.open();
  const row = logs.row(odd.longUrl);
  const [height, usual] = await Promise.all([row, logs.row(odd.status799)].map(async (row) => (await row.boundingBox()).height));
  expect(height).toBe(usual);
  await expectInsideThePage(page);
  await logs.openCall(odd.longUrl);
  expect(await copied(page, logs.panel.getByRole("button", { name: "Copy as cURL" }))).toContain(LONG_URL);
  await expectUsable({ logs, page }, odd.longUrl);
});

test("a method that nobody foresaw is shown, and can be filtered by", async ({ logs, odd }) => {
  await logs.open();
  await expect(logs.row(odd.unknownMethod)).toContainText("PROPFIND");
  await logs.choose("Request type", "PROPFIND");
  await logs.expectCalls([odd.unknownMethod]);
});

test("a status beyond all classes is shown as it is, as an error, and can be searched for", async ({ logs, odd, page }) => {
  await logs.open("q=code:799");
  await logs.expectCalls([odd.status799]);
  await expect(logs.row(odd.status799)).toContainText("799");
  await logs.openCall(odd.status799);
  await expect(logs.fact("Status")).toContainText("799");
  await expect(logs.fact("Status")).toContainText("Error");
  await expectInsideThePage(page);
});

test("a call whose bot, node and user are gone says so in their place", async ({ logs, odd, page }) => {
  await logs.open();
  await expect(logs.row(odd.orphan)).toBeVisible();
  await expect(logs.row(odd.orphan)).not.toContainText(/null|undefined/);
  await logs.openCall(odd.orphan);
  for (const name of ["Bot name", "Source", "User"]) {
    await expect(logs.fact(name)).not.toBeEmpty();
    await expect(logs.fact(name)).not.toContainText(/null|undefined/);
  }
  await expectUsable({ logs, page }, odd.orphan);
});
