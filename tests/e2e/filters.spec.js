// Each filter by mouse and by address, alone, with several values, excluding, and together.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";

/** What the list holds when nothing is filtered. */
const answered = (call) => outcome(call) !== "no_response";

const FILTERS = [
  { name: "Response status", label: "Error", query: { status: "error" }, passes: (call) => outcome(call) === "error" },
  { name: "Request type", label: "DELETE", query: { method: "DELETE" }, passes: (call) => call.request?.method === "DELETE" },
  { name: "Response code", label: "404", query: { code: "404" }, passes: (call) => call.response?.status === 404 },
  { name: "Bot name", label: "Sales", query: { bot: "b-sales" }, passes: (call) => call.bot?.name === "Sales" },
  { name: "Application", label: "Zendesk", query: { application: "zendesk" }, passes: (call) => call.application === "zendesk" },
];

test("without a filter every answered call is listed, newest first", async ({ logs, shop }) => {
  await logs.open();
  await logs.expectCalls(shop.filter(answered));
});

for (const { name, label, query, passes } of FILTERS) {
  test(`${name} is set by mouse, and the address says so`, async ({ logs, shop }) => {
    await logs.open();
    await logs.choose(name, label);
    await logs.expectQuery(query);
    await logs.expectCalls(shop.filter(answered).filter(passes));
  });

  test(`${name} is set by the address, and the button says so`, async ({ logs, shop }) => {
    await logs.open(new URLSearchParams(query).toString());
    await logs.expectCalls(shop.filter(answered).filter(passes));
    await expect(logs.filter(name)).toHaveAccessibleName(/1/);
    await logs.filter(name).click();
    await expect(logs.option(name, label)).toBeChecked();
    await logs.option(name, label).click();
    await logs.expectQuery({});
    await logs.expectCalls(shop.filter(answered));
  });
}

test("Dates is set by mouse, and the address says so", async ({ logs, shop }) => {
  await logs.open();
  await logs.chooseDates("Last 24 hours");
  await logs.expectQuery({ last: "24h" });
  await logs.expectCalls(shop.filter(answered).filter((call) => Date.now() - Date.parse(call.timestamp) < 86_400_000));
});

test("Dates is set by the address, relative and between two moments", async ({ logs, shop }) => {
  await logs.open("last=7d");
  await logs.expectCalls(shop.filter(answered).filter((call) => Date.now() - Date.parse(call.timestamp) < 7 * 86_400_000));
  const old = shop.filter((call) => call.request?.url.includes("three-weeks-ago"));
  const at = Date.parse(old[0].timestamp);
  const between = new URLSearchParams({ from: new Date(at - 1_000).toISOString(), to: new Date(at + 1_000).toISOString() });
  await logs.open(between.toString());
  await logs.expectCalls(old);
});

test("several values of one filter are alternatives", async ({ logs, shop }) => {
  await logs.open();
  await logs.choose("Request type", "PUT", "DELETE");
  await expect.poll(() => logs.query().get("method")?.split(",").sort()).toEqual(["DELETE", "PUT"]);
  await logs.expectCalls(shop.filter(answered).filter((call) => ["PUT", "DELETE"].includes(call.request?.method)));
  await expect(logs.filter("Request type")).toHaveAccessibleName(/2/);
});

test("filters narrow each other", async ({ logs, shop }) => {
  await logs.open();
  await logs.choose("Response status", "Error");
  await logs.choose("Bot name", "Sales");
  await logs.expectQuery({ status: "error", bot: "b-sales" });
  await logs.expectCalls(shop.filter((call) => outcome(call) === "error" && call.bot?.id === "b-sales"));
});

test("a value can be excluded by mouse", async ({ logs, shop }) => {
  await logs.open();
  await logs.exclude("Application", "Zendesk");
  await logs.expectQuery({ application: "-zendesk" });
  await logs.expectCalls(shop.filter(answered).filter((call) => call.application !== "zendesk"));
});

test("a value can be excluded by the address", async ({ logs, shop }) => {
  await logs.open("method=-POST,-GET");
  await logs.expectCalls(shop.filter(answered).filter((call) => !["POST", "GET"].includes(call.request?.method)));
});

test("a class of codes is one value", async ({ logs, shop }) => {
  await logs.open();
  await logs.choose("Response code", "5xx");
  await logs.expectQuery({ code: "5xx" });
  await logs.expectCalls(shop.filter((call) => call.response?.status >= 500));
});

test("an unknown application is offered by its own name", async ({ logs, shop }) => {
  await logs.open();
  await logs.choose("Application", "hubspot");
  await logs.expectCalls(shop.filter((call) => call.application === "hubspot"));
});

test("every value has the number of calls it would find", async ({ logs, shop }) => {
  await logs.open("bot=b-sales");
  await logs.filter("Application").click();
  for (const application of ["Zendesk", "Salesforce"]) {
    const found = shop.filter((call) => call.bot?.id === "b-sales" && call.application === application.toLowerCase());
    await expect(logs.value("Application", application)).toContainText(new RegExp(`\\D${found.length}$`));
  }
});

test("a chip takes its filter out again", async ({ logs, page, shop }) => {
  await logs.open("status=error&bot=b-sales");
  await page.getByRole("button", { name: /^Remove filter status/ }).click();
  await logs.expectQuery({ bot: "b-sales" });
  await logs.expectCalls(shop.filter(answered).filter((call) => call.bot?.id === "b-sales"));
});

test("calls without a response are told of, and shown when asked for", async ({ logs, page, shop }) => {
  await logs.open();
  const unanswered = shop.filter((call) => !answered(call));
  await page.getByRole("button", { name: /show them/i }).click();
  await expect.poll(() => logs.query().get("no_response")).toBe("true");
  await logs.expectCalls(shop);
  await expect(logs.row(unanswered[0])).toContainText("No reply");
});

test("what the text says of a filter, its button shows, and an edit takes it over", async ({ logs, shop }) => {
  await logs.open();
  await logs.search("code:404 -app:zendesk");
  await logs.expectCalls([]);
  await expect(logs.filter("Response code")).toHaveAccessibleName(/1 chosen/);
  await expect(logs.filter("Application")).toHaveAccessibleName(/1 excluded/);
  await logs.filter("Response code").click();
  await expect(logs.option("Response code", "404")).toBeChecked();
  await logs.option("Response code", "5xx").click();
  await logs.expectQuery({ q: "-app:zendesk", code: "404,5xx" });
  await expect(logs.searchBox).toHaveValue("-app:zendesk");
  await logs.expectCalls(
    shop.filter(({ response, application }) => {
      const status = response?.status ?? 0;
      return (status === 404 || status >= 500) && application !== "zendesk";
    }),
  );
});

test("only one value of a filter is one press", async ({ logs, page, shop }) => {
  await logs.open("application=zendesk,salesforce");
  await logs.filter("Application").click();
  await logs.value("Application", "Freshdesk").hover();
  await page.getByRole("button", { name: "Only Freshdesk" }).click();
  await logs.expectQuery({ application: "freshdesk" });
  await logs.expectCalls(shop.filter((call) => call.application === "freshdesk"));
});

test("a long list of values can be searched", async ({ logs, page }) => {
  await logs.open();
  await logs.filter("Application").click();
  await page.getByRole("textbox", { name: "Find an application" }).fill("sales");
  await expect(logs.popover("Application").getByRole("listitem")).toHaveCount(1);
  await expect(logs.value("Application", "Salesforce")).toBeVisible();
});
