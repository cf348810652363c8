// Saved views: filters with a name, of one person or shared with the account.

import { outcome } from "../fixtures/call.js";
import { ApiLogsPage } from "./pages/api-logs.js";
import { signIn } from "./support/sign-in.js";
import { expect, test } from "./support/test.js";

const errors = (call) => outcome(call) === "error";

// Every test has an account of its own, which begins without views.
test.use({
  viewer: async ({}, use, { testId }) => use({ account: `views-${testId}`, role: "owner" }),
});

test.beforeEach(async ({ server, shop, viewer }) => server.send(viewer.account, shop));

test("a filter is saved, opened again, renamed, replaced and removed", async ({ logs, page, shop }) => {
  await logs.open("status=error&q=calendar");
  await logs.openViews();
  await logs.saveView("Failing calendars");
  await page.keyboard.press("Escape");

  await logs.open();
  await logs.openViews();
  await logs.view("Failing calendars").click();
  await logs.expectQuery({ status: "error", q: "calendar" });
  await logs.expectCalls(shop.filter(errors).filter((call) => JSON.stringify(call).includes("calendar")));

  await logs.openViews();
  await expect(logs.view("Failing calendars")).toHaveAttribute("aria-current", "true");
  await page.getByRole("button", { name: "Rename Failing calendars" }).click();
  await logs.popover("Views").getByRole("textbox").fill("Errors");
  await logs.popover("Views").getByRole("button", { name: "Rename", exact: true }).click();
  await expect(logs.view("Errors")).toBeVisible();
  await expect(logs.view("Failing calendars")).toBeHidden();

  await page.keyboard.press("Escape");
  await logs.search("");
  await logs.expectCalls(shop.filter(errors));
  await logs.openViews();
  await logs.popover("Views").getByRole("textbox").fill("errors");
  await logs.popover("Views").getByRole("button", { name: "Replace" }).click();
  await expect(logs.view("errors")).toHaveAttribute("aria-current", "true");

  const remove = page.getByRole("button", { name: "Remove errors" });
  await remove.click();
  await expect(remove).toHaveText("Remove for good?");
  await remove.click();
  await expect(logs.popover("Views")).toContainText("Save what is filtered now");
});

test("a view's link opens what it shows, for whoever gets it", async ({ context, logs, page, shop }) => {
  await logs.open("application=zendesk");
  await logs.openViews();
  await logs.saveView("Tickets");
  await page.getByRole("button", { name: "Copy the link of Tickets" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const colleague = new ApiLogsPage(await context.newPage());
  await colleague.page.goto(link);
  await colleague.expectCalls(shop.filter((call) => call.application === "zendesk"));
  await colleague.page.reload();
  await colleague.expectQuery({ application: "zendesk" });
});

test("a shared view is seen by the account, and changed by its maker and the Owner only", async ({ browser, logs, page, server, shop, viewer }) => {
  await logs.open("bot=b-sales");
  await logs.openViews();
  await logs.saveView("Mine");
  await logs.saveView("Sales calls", { shared: true });
  await expect(logs.view("Sales calls")).toContainText("shared by the owner");

  const storageState = await signIn(server, { ...viewer, role: "bot_builder" });
  const other = await browser.newContext({ storageState, baseURL: server.url });
  const colleague = new ApiLogsPage(await other.newPage());
  await colleague.open();
  await colleague.openViews();
  await expect(colleague.view("Sales calls")).toBeVisible();
  await expect(colleague.view("Mine")).toBeHidden();
  await expect(colleague.page.getByRole("button", { name: "Remove Sales calls" })).toBeHidden();
  await colleague.view("Sales calls").click();
  await colleague.expectCalls(shop.filter((call) => call.bot?.id === "b-sales" && !call.failure));
  await other.close();
  await page.getByRole("button", { name: "Remove Mine" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(logs.view("Mine")).toBeHidden();
});

test.describe("what cannot be done", () => {
  test.use({ expectedErrors: [/503/] });

  test("is said, and the name stays", async ({ logs, page }) => {
    await logs.open();
    await logs.openViews();
    await page.route(/\/api\/v1\/views$/, (route) => {
      const body = JSON.stringify({ status: 503, code: "store_failed", title: "Not now", detail: "The store does not answer." });
      return route.fulfill({ status: 503, contentType: "application/problem+json", body });
    });
    await logs.popover("Views").getByRole("textbox").fill("Errors");
    await logs.popover("Views").getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "The store does not answer." })).toBeVisible();
    await expect(logs.popover("Views").getByRole("textbox")).toHaveValue("Errors");
  });
});
