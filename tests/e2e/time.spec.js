// The range of time: typed, drawn on the picture, walked with keys; and the zone it is shown in.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";

const answered = (call) => outcome(call) !== "no_response";
const DAY = 86_400_000;

test("a time is typed, and what was understood is said before it counts", async ({ logs, page }) => {
  await logs.open();
  await logs.filter("Dates").click();
  const field = page.getByLabel("When");
  await field.fill("last 90m");
  await expect(page.locator("#dates-said")).toHaveText("Last 90 minutes");
  await field.press("Enter");
  await logs.expectQuery({ last: "90m" });
  await expect(page.getByRole("button", { name: /Last 90 minutes/ }).first()).toBeVisible();
});

test("words of a calendar are moments in the reader's zone", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.filter("Dates").click();
  await page.getByLabel("When").fill("since yesterday 9am");
  await page.getByLabel("When").press("Enter");
  const inKolkata = new Date(Date.now() + 5.5 * 3_600_000);
  const midnight = Date.UTC(inKolkata.getUTCFullYear(), inKolkata.getUTCMonth(), inKolkata.getUTCDate());
  const from = new Date(midnight - DAY + 9 * 3_600_000 - 5.5 * 3_600_000);
  await logs.expectQuery({ from: from.toISOString() });
  await logs.expectCalls(shop.filter(answered).filter((call) => Date.parse(call.timestamp) >= from));
});

test("what is no time is said in words, and changes nothing", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.filter("Dates").click();
  const field = page.getByLabel("When");
  await field.fill("yestrday");
  await field.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#dates-said")).toContainText("is no time");
  await logs.expectQuery({});
  await logs.expectCalls(shop.filter(answered));
});

test("typed time and the two dates are views of one range", async ({ logs, page }) => {
  await logs.open();
  await logs.filter("Dates").click();
  await page.getByLabel("When").fill("yesterday 9am to 10:30");
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(/T09:00$/);
  const to = page.getByLabel("To", { exact: true });
  await expect(to).toHaveValue(/T10:30$/);
  await to.fill((await to.inputValue()).replace("T10:30", "T11:00"));
  await expect(page.getByLabel("When")).toHaveValue(/ 09:00 to .* 11:00$/);
});

test("a part of the picture is drawn, looked at, and left again", async ({ logs, page, shop }) => {
  await logs.open();
  const plot = page.getByRole("slider", { name: "Calls over time, bar by bar" });
  const box = await plot.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width - 60, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 3, y, { steps: 4 });
  await expect(plot).toHaveAttribute("aria-valuetext", /^selected: .* calls?/);
  await page.mouse.up();
  await expect.poll(() => logs.query().get("from")).not.toBeNull();
  const from = Date.parse(logs.query().get("from"));
  expect(from).toBeGreaterThan(Date.now() - 4 * DAY);
  // The last bar has no end: calls go on.
  expect(logs.query().get("to")).toBeNull();
  await logs.expectCalls(shop.filter(answered).filter((call) => Date.parse(call.timestamp) >= from));

  await page.getByRole("button", { name: "Zoom out" }).click();
  await logs.expectQuery({});
  await logs.expectCalls(shop.filter(answered));
  await expect(page.getByRole("button", { name: "Zoom out" })).toHaveCount(0);
});

test("Escape takes a drawn selection back", async ({ logs, page }) => {
  await logs.open();
  const plot = page.getByRole("slider");
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + 100, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 20, { steps: 3 });
  await page.keyboard.press("Escape");
  await expect(plot).not.toHaveAttribute("aria-valuetext", /selected/);
  await page.mouse.up();
  await logs.expectQuery({});
});

test("keys walk the bars, select and zoom in, and Back leads out", async ({ logs, page }) => {
  await logs.open();
  const plot = page.getByRole("slider");
  await plot.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(plot).toHaveAttribute("aria-valuetext", /^selected: /);
  await page.keyboard.press("Enter");
  await expect.poll(() => logs.query().get("to")).not.toBeNull();
  const [from, to] = ["from", "to"].map((name) => Date.parse(logs.query().get(name)));
  // 30 days in at most 84 bars are bars of 12 hours.
  expect((to - from) / 3_600_000).toBe(36);
  await page.goBack();
  await logs.expectQuery({});
});

test("days that hold only errors say so, and have no success rate", async ({ logs, page }) => {
  await logs.open();
  const plot = page.getByRole("slider");
  await plot.focus();
  await page.keyboard.press("Home");
  await expect(plot).toHaveAttribute("aria-valuetext", /errors; only errors are kept here$/);
  await page.keyboard.press("End");
  await expect(plot).toHaveAttribute("aria-valuetext", /\d+ calls?, \d+ failed \(\d+%\)/);
  await expect(page.getByText("only errors are kept here").first()).toBeVisible();
});

test("another zone changes every time at once, and is remembered", async ({ logs, page, server, shop }) => {
  await server.command("account", "set", "--account", "shop", "--time-zone", "America/St_Johns");
  const call = shop.find(answered);
  await logs.open(`call=${call.id}`);
  const clock = (timeZone) => new Date(call.timestamp).toLocaleTimeString("en-GB", { timeZone });
  const choose = async (now, then) => {
    await page.getByRole("button", { name: now }).click();
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: then, exact: true }).click();
  };
  await expect(logs.row(call)).toContainText(clock("Asia/Kolkata"));
  await choose("Times in your zone, UTC+05:30", "UTC");
  await expect(logs.row(call)).toContainText(clock("UTC"));
  await expect(logs.fact("Time")).toContainText(clock("UTC"));
  await page.reload();
  await expect(logs.row(call)).toContainText(clock("UTC"));
  await choose("Times in UTC", /^Your account/);
  await expect(logs.row(call)).toContainText(clock("America/St_Johns"));
  await expect(page.getByRole("button", { name: /Times in America\/St_Johns, UTC\u2212/ })).toBeVisible();
});
