// The address is the only state: back, forward, reload, sharing, a second tab; and what it cannot mean is said.

import { outcome } from "../fixtures/call.js";
import { ApiLogsPage } from "./pages/api-logs.js";
import { expect, test } from "./support/test.js";

const answered = (call) => outcome(call) !== "no_response";

test("back and forward lead through filters and open calls", async ({ logs, page, shop }) => {
  const all = shop.filter(answered);
  const errors = all.filter((call) => outcome(call) === "error");
  await logs.open();
  await logs.choose("Response status", "Error");
  await logs.expectCalls(errors);
  await logs.openCall(errors[0]);
  await page.goBack();
  await expect(logs.panel).toBeHidden();
  await logs.expectCalls(errors);
  await page.goBack();
  await logs.expectQuery({});
  await logs.expectCalls(all);
  await page.goForward();
  await logs.expectCalls(errors);
  await page.goForward();
  await expect(logs.panel).toBeVisible();
});

test("a shared link opens the same view", async ({ context, logs, page, shop }) => {
  const call = shop.find((call) => call.response?.status === 422);
  await logs.open("status=error&code=4xx");
  await logs.openCall(call);
  await logs.tab("Response").click();
  await expect(logs.panel).toContainText("is not an address");

  const colleague = new ApiLogsPage(await context.newPage());
  await colleague.page.goto(page.url());
  await expect(colleague.panel).toContainText("is not an address");
  await colleague.expectCalls(shop.filter((call) => call.response?.status >= 400 && call.response.status < 500));
});

test("a row opens in a new tab like any link", async ({ context, logs, shop }) => {
  const call = shop.filter(answered)[2];
  await logs.open();
  const [opened] = await Promise.all([
    context.waitForEvent("page"),
    logs.link(call).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  const other = new ApiLogsPage(opened);
  await expect(other.panel).toBeVisible();
  await expect(logs.panel).toBeHidden();
  expect(other.query().get("call")).toBe(call.id);
});

test("reload keeps filters and the open call", async ({ logs, page, shop }) => {
  const call = shop.find((call) => call.application === "zendesk");
  await logs.open("application=zendesk");
  await logs.openCall(call);
  await page.reload();
  await expect(logs.panel).toBeVisible();
  await logs.expectCalls(shop.filter((call) => call.application === "zendesk"));
});

test("an unknown parameter is said, with the one that was meant", async ({ logs, page, shop }) => {
  await logs.open("stauts=error&method=GET");
  await expect(page.getByText(/stauts/)).toBeVisible();
  await expect(page.getByText(/did you mean status/)).toBeVisible();
  await logs.expectCalls(shop.filter((call) => call.request?.method === "GET" && answered(call)));
});

test("a wrong value is said, and the rest of the filters hold", async ({ logs, page, shop }) => {
  await logs.open("code=banana&application=zendesk");
  await expect(page.getByText(/banana/)).toBeVisible();
  await expect(page.getByText(/a response code is a number/)).toBeVisible();
  await logs.expectCalls(shop.filter((call) => call.application === "zendesk"));
});

test("an address that leads nowhere says so and leads back", async ({ page, server }) => {
  await page.goto(new URL("integrations/nowhere", server.url).toString());
  await expect(page.getByRole("heading", { name: "There is no page at this address" })).toBeVisible();
  await page.getByRole("button", { name: "Go to API Logs" }).click();
  await expect(new ApiLogsPage(page).grid).toBeVisible();
});
