// Every state the page can be in, and how to bring it there: told once, for the tests of what a state says and for the
// tests of how accessible it is.

import { expect } from "@playwright/test";

const LIST = /\/api\/v1\/calls\?|\/api\/v1\/calls$/;
const SESSION = /\/api\/v1\/session$/;

const PROBLEM = { status: 503, contentType: "application/problem+json" };

/** Answers in the server's place: the request fails with a problem. */
export function failing(page, pattern, code = "storage_unavailable") {
  const body = JSON.stringify({ status: 503, code, title: "Not now", detail: "The store does not answer.", request_id: "r-17" });
  return page.route(pattern, (route) => route.fulfill({ ...PROBLEM, body }));
}

/** Holds the answers of matching requests back; the answer lets them go. */
export async function holding(page, pattern) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(pattern, async (route) => {
    await released;
    await route.fallback();
  });
  return release;
}

export const patterns = { list: LIST, session: SESSION, detail: /\/api\/v1\/calls\/[0-9a-f]{8}-/ };

const OWNER = { account: "shop", role: "owner" };

/** Name, who looks, and the way there. `shown` is what tells that the state is reached. */
export const STATES = [
  { name: "the list", viewer: OWNER, enter: ({ logs }) => logs.open() },
  {
    name: "a filter that is open",
    viewer: OWNER,
    enter: async ({ logs }) => {
      await logs.open("application=zendesk,-salesforce");
      await logs.filter("Application").click();
      await expect(logs.popover("Application")).toBeVisible();
    },
  },
  {
    name: "the dates",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open("last=7d");
      await logs.filter("Dates").click();
      await expect(page.getByText("Last 24 hours", { exact: true })).toBeVisible();
    },
  },
  {
    name: "dates that are no range",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await logs.filter("Dates").click();
      await page.getByLabel("When").fill("yestrday");
      await page.getByLabel("When").press("Enter");
      await expect(page.getByLabel("When")).toHaveAttribute("aria-invalid", "true");
    },
  },
  {
    name: "the zones",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await page.getByRole("button", { name: /^Times in/ }).click();
      await expect(page.getByRole("group", { name: "Time zone" })).toBeVisible();
    },
  },
  {
    name: "a selection on the picture",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open("last=30d");
      await page.getByRole("slider").focus();
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+ArrowRight");
      await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", /^selected/);
    },
  },
  {
    name: "calls that wait, and a server that is away",
    viewer: OWNER,
    enter: async ({ logs, page, shop }) => {
      const { id: _, ...call } = shop[0];
      const row = { ...call, id: "01970000-0000-7000-8000-00000000beef", outcome: "success", method: "GET", url: "https://x.example/", status: 200 };
      const body = `event: call\ndata: ${JSON.stringify(row)}\n\nevent: gap\ndata: {}\n\n`;
      await page.route(/calls\/tail/, (route) => route.fulfill({ contentType: "text/event-stream", body }));
      await logs.open();
      // What is said beside the switch moves it when it comes.
      await expect(page.getByText("got no response")).toBeVisible();
      await page.getByRole("switch", { name: "Live" }).click();
      await logs.searchBox.fill("o");
      await expect(page.getByText("The server cannot be reached.")).toBeVisible();
    },
  },
  {
    name: "the columns",
    viewer: { account: "polls", role: "owner" },
    enter: async ({ logs, page }) => {
      await logs.open();
      await page.getByRole("button", { name: "Columns" }).click();
      await expect(logs.popover("Columns")).toBeVisible();
    },
  },
  {
    name: "calls that are alike, unfolded",
    viewer: { account: "polls", role: "owner" },
    enter: async ({ logs, page }) => {
      await logs.open();
      await page.getByRole("button", { name: "Show each of 12 calls that are alike" }).click();
      await expect(page.getByRole("button", { name: "Fold 12 calls that are alike" })).toBeVisible();
    },
  },
  ...[["the commands", "Control+k", "Commands"], ["the keys", "?", "Keys"], ["a time to go to", "g", "Go to a time"]].map(([name, key, dialog]) => ({
    name,
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog", { name: dialog })).toBeVisible();
    },
  })),
  ...["Request", "Response"].map((tab) => ({
    name: `an open call, ${tab}`,
    viewer: OWNER,
    enter: async ({ logs, shop }) => {
      await logs.open(`call=${shop.find((call) => call.response?.status === 422).id}`);
      await logs.tab(tab).click();
      await expect(logs.tab(tab)).toHaveAttribute("aria-selected", "true");
    },
  })),
  {
    name: "a cause, the same error elsewhere and a comparison",
    viewer: { account: "clinic", role: "owner" },
    enter: async ({ clinic, logs }) => {
      await logs.open(`call=${clinic[0].id}&tab=compare`);
      await expect(logs.panel).toContainText("Only the answer changed.");
      await logs.panel.getByText("Which ones").click();
    },
  },
  {
    name: "a request that was not filled in",
    viewer: { account: "clinic", role: "owner" },
    enter: async ({ clinic, logs }) => {
      await logs.open(`call=${clinic[5].id}`);
      await expect(logs.panel.getByRole("list", { name: "Findings in the request" })).toBeVisible();
    },
  },
  {
    name: "words found in a body",
    viewer: { account: "clinic", role: "owner" },
    enter: async ({ clinic, logs }) => {
      await logs.open(`call=${clinic[0].id}&tab=response`);
      await logs.panel.getByRole("searchbox", { name: "Find in body" }).fill("permission");
      await expect(logs.panel.getByRole("button", { name: "Copy path" })).toBeVisible();
    },
  },
  {
    name: "a script that stopped",
    viewer: OWNER,
    enter: async ({ logs, shop }) => {
      await logs.open(`call=${shop.find((call) => call.script?.error).id}`);
      await expect(logs.tab("Variables")).toBeVisible();
    },
  },
  {
    name: "a call without a response",
    viewer: OWNER,
    enter: async ({ logs, shop }) => {
      await logs.open(`no_response=true&call=${shop.find((call) => call.failure).id}`);
      await logs.tab("Response").click();
      await expect(logs.panel).toContainText("No response came");
    },
  },
  {
    name: "a call that is gone",
    viewer: OWNER,
    errors: [/404/],
    enter: async ({ logs, page }) => {
      await page.goto("integrations/api-logs?call=01970000-0000-7000-8000-00000000dead");
      await expect(logs.panel).toContainText("This call is not here any more, or not yours to see");
    },
  },
  {
    name: "a call that could not be loaded",
    viewer: OWNER,
    errors: [/503/],
    enter: async ({ logs, page, shop }) => {
      await failing(page, patterns.detail);
      await page.goto(`integrations/api-logs?call=${shop[0].id}`);
      await expect(logs.panel.getByRole("button", { name: "Try again" })).toBeVisible();
    },
  },
  {
    name: "loading",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await holding(page, LIST);
      await page.goto("integrations/api-logs");
      await expect(logs.count).toHaveText("Loading calls");
    },
  },
  {
    name: "failed",
    viewer: OWNER,
    errors: [/503/],
    enter: async ({ page }) => {
      await failing(page, LIST);
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("alert").getByRole("button", { name: "Try again" })).toBeVisible();
    },
  },
  {
    name: "nothing matches",
    viewer: OWNER,
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs?q=nosuchwordanywhere&status=error");
      await expect(page.getByRole("heading", { name: "No call matches these filters" })).toBeVisible();
    },
  },
  {
    name: "nothing ever",
    viewer: { account: "empty", role: "owner" },
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("heading", { name: "No bot has made a call yet" })).toBeVisible();
    },
  },
  {
    name: "outside the retention",
    viewer: OWNER,
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
      await expect(page.getByRole("heading", { name: "These days are no longer kept" })).toBeVisible();
    },
  },
  {
    name: "a search that cannot be read",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await logs.search("bott:sales");
      await expect(page.getByText(/did you mean bot:/)).toBeVisible();
    },
  },
  {
    name: "suggestions",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await logs.searchBox.pressSequentially("bot:");
      await expect(logs.suggestions).toBeVisible();
      await page.keyboard.press("ArrowDown");
      await expect(logs.suggestions.locator("[aria-selected=true]")).toBeVisible();
    },
  },
  {
    name: "the last searches",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await logs.search("kingfisher");
      await page.keyboard.press("Enter");
      await logs.search("");
      await expect(logs.suggestion("kingfisher")).toBeVisible();
    },
  },
  {
    name: "how to search",
    viewer: OWNER,
    enter: async ({ logs, page }) => {
      await logs.open();
      await page.getByRole("button", { name: "How to search" }).click();
      await expect(page.getByRole("button", { name: "code:404" })).toBeVisible();
    },
  },
  {
    name: "saved views",
    viewer: { account: "empty", role: "bot_builder" },
    enter: async ({ logs, page }) => {
      await page.goto("integrations/api-logs?status=error");
      await logs.openViews();
      const name = `View of ${Date.now()}`;
      await logs.saveView(name, { shared: true });
    },
  },
  {
    name: "an address with mistakes",
    viewer: OWNER,
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs?stauts=error&code=banana");
      await expect(page.getByText(/did you mean status/)).toBeVisible();
    },
  },
  {
    name: "refused by the role",
    viewer: { account: "shop", role: "agent" },
    errors: [/403/],
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("heading", { name: "Your role cannot see API Logs" })).toBeVisible();
    },
  },
  {
    name: "not in the plan",
    viewer: { account: "starter", role: "owner", plan: "starter" },
    errors: [/403/],
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("heading", { name: "API Logs is not in your plan" })).toBeVisible();
    },
  },
  {
    name: "signed out",
    viewer: null,
    errors: [/401/],
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
    },
  },
];
