// The states that a healthy day does not show: each says what happened and what to do, and leads out.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";
import { failing, holding, patterns } from "./support/states.js";

const answered = (call) => outcome(call) !== "no_response";

test("while the first calls are on their way the page says so, and not that there are none", async ({ logs, page, shop }) => {
  const release = await holding(page, patterns.list);
  await page.goto("integrations/api-logs");
  await expect(logs.count).toHaveText("Loading calls");
  await expect(page.getByRole("heading", { name: /^No / })).toHaveCount(0);
  release();
  await logs.expectCalls(shop.filter(answered));
});

test("a new filter keeps the old rows until the new ones are there", async ({ logs, page, shop }) => {
  await logs.open();
  const release = await holding(page, patterns.list);
  await logs.choose("Application", "Zendesk");
  await expect(logs.grid).toHaveAttribute("aria-busy", "true");
  expect((await logs.ids()).length).toBeGreaterThan(3);
  release();
  await logs.expectCalls(shop.filter((call) => call.application === "zendesk"));
});

test("an answer that comes late does not replace a newer one", async ({ logs, page, shop }) => {
  await logs.open();
  const release = await holding(page, /application=zendesk/);
  await logs.choose("Application", "Zendesk");
  await page.goBack();
  await logs.choose("Application", "Freshdesk");
  await logs.expectCalls(shop.filter((call) => call.application === "freshdesk"));
  release();
  await page.waitForLoadState("networkidle");
  await logs.expectCalls(shop.filter((call) => call.application === "freshdesk"));
});

test.describe("when the server fails", () => {
  test.use({ expectedErrors: [/503/] });

  test("the list says so, and a second try brings it", async ({ logs, page, shop }) => {
    await failing(page, patterns.list);
    await page.goto("integrations/api-logs");
    const alert = page.getByRole("alert");
    await expect(alert).toBeVisible();
    await expect(logs.count).toHaveText("Calls not loaded");
    await expect(page.getByRole("heading", { name: /^No / })).toHaveCount(0);
    await expect(page.getByText("r-17")).toBeVisible();
    await page.unroute(patterns.list);
    await alert.getByRole("button", { name: "Try again" }).click();
    await logs.expectCalls(shop.filter(answered));
  });

  test("one call that cannot be loaded says so, and a second try brings it", async ({ logs, page, shop }) => {
    await failing(page, patterns.detail);
    await logs.open(`call=${shop[0].id}`);
    await expect(logs.panel).toContainText("This call could not be loaded");
    await page.unroute(patterns.detail);
    await logs.panel.getByRole("button", { name: "Try again" }).click();
    await expect(logs.tab("Request")).toBeVisible();
  });
});

test.describe("when the network is gone", () => {
  test.use({ expectedErrors: [/ERR_|Failed to load/] });

  test("the list says that the server cannot be reached", async ({ logs, page, shop }) => {
    await page.route(patterns.list, (route) => route.abort("connectionrefused"));
    await page.goto("integrations/api-logs");
    await expect(page.getByRole("alert")).toContainText(/reach|connection|network/i);
    await page.unroute(patterns.list);
    await page.getByRole("button", { name: "Try again" }).click();
    await logs.expectCalls(shop.filter(answered));
  });
});

test.describe("when the session ends while the page is open", () => {
  test.use({ expectedErrors: [/401/] });

  test("the page asks to sign in again", async ({ context, logs, page }) => {
    await logs.open();
    await context.clearCookies();
    await logs.choose("Response status", "Error");
    await expect(page.getByText(/sign(ed)? in/i).first()).toBeVisible();
  });
});

test("nothing matches: says so, and offers to clear the filters", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.search("nosuchwordanywhere");
  await expect(page.getByRole("heading", { name: "No call matches these filters" })).toBeVisible();
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await logs.expectCalls(shop.filter(answered));
});

test.describe("an account without calls", () => {
  test.use({ viewer: { account: "empty", role: "owner" } });

  test("says that there are none yet, not that none match", async ({ page }) => {
    await page.goto("integrations/api-logs");
    await expect(page.getByRole("heading", { name: "No bot has made a call yet" })).toBeVisible();
    await expect(page.getByText(/match/i)).toHaveCount(0);
  });
});

test("outside the retention: says how long calls are kept, and leads to those that are", async ({ logs, page, shop }) => {
  await page.goto("integrations/api-logs?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
  await expect(page.getByRole("heading", { name: "These days are no longer kept" })).toBeVisible();
  await expect(page.getByText("Successful calls are kept for 7 days and failed ones for 30 days.")).toBeVisible();
  await page.getByRole("button", { name: "Show all that is kept" }).click();
  await logs.expectCalls(shop.filter(answered));
});

test("partly outside the retention: days 8 to 30 hold only errors, and the page says so", async ({ logs, page, shop }) => {
  await logs.open("last=30d");
  await expect(page.getByText(/only errors/i).first()).toBeVisible();
  await logs.expectCalls(shop.filter(answered));
});
