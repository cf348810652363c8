// Who sees what.

import { expect, test } from "./support/test.js";

for (const role of ["owner", "bot_builder"]) {
  test.describe(role, () => {
    test.use({ viewer: { account: "shop", role } });

    test("sees the calls of all bots", async ({ logs, shop }) => {
      await logs.open();
      await logs.expectCalls(shop.filter((call) => !call.failure));
    });
  });
}

test.describe("a supervisor", () => {
  test.use({ viewer: { account: "shop", role: "supervisor", bots: ["Sales"] } });

  test("sees the calls of their bots alone, in the list, the count and the filters", async ({ logs, shop }) => {
    await logs.open();
    await logs.expectCalls(shop.filter((call) => call.bot?.id === "b-sales" && !call.failure));
    await logs.filter("Bot name").click();
    await expect(logs.option("Bot name", "Sales")).toBeVisible();
    await expect(logs.popover("Bot name").getByRole("checkbox")).toHaveCount(1);
    await logs.page.keyboard.press("Escape");
    await logs.filter("Application").click();
    await expect(logs.value("Application", "Google Sheets")).toContainText(/\D0$/);
  });

  test("cannot find what another bot said", async ({ logs }) => {
    await logs.open("q=kingfisher");
    await logs.expectCalls([]);
  });

  test.describe("with the link of a call of another bot", () => {
    test.use({ expectedErrors: [/404/] });

    test("is told nothing of it", async ({ logs, page, shop }) => {
      const foreign = shop.find((call) => call.bot?.id === "b-orders");
      await page.goto(`integrations/api-logs?call=${foreign.id}`);
      await expect(logs.panel).toContainText("This call is not here any more, or not yours to see");
      await expect(logs.panel).not.toContainText("Order status");
    });
  });
});

for (const role of ["executive", "agent"]) {
  test.describe(role, () => {
    test.use({ viewer: { account: "shop", role }, expectedErrors: [/403/] });

    test("has no logs to see, on the page or by the API", async ({ logs, page }) => {
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("heading", { name: "Your role cannot see API Logs" })).toBeVisible();
      await expect(logs.grid).toHaveCount(0);
      const answer = await page.request.get("api/v1/calls");
      expect(answer.status()).toBe(403);
      expect(await answer.json()).toMatchObject({ code: "role_not_allowed" });
    });
  });
}

test.describe("an account whose plan lacks the logs", () => {
  test.use({ viewer: { account: "starter", role: "owner", plan: "starter" }, expectedErrors: [/403/] });

  test("tells its owner what it is and which plan has it", async ({ logs, page }) => {
    await page.goto("integrations/api-logs");
    await expect(page.getByRole("heading", { name: "API Logs is not in your plan" })).toBeVisible();
    await expect(logs.grid).toHaveCount(0);
    const answer = await page.request.get("api/v1/calls");
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "plan_not_included" });
  });
});

test.describe("another account", () => {
  test.use({ viewer: { account: "large", role: "owner" }, expectedErrors: [/404/] });

  test("sees nothing of this one", async ({ logs, page, shop }) => {
    await logs.open("q=kingfisher");
    await logs.expectCalls([]);
    await page.goto(`integrations/api-logs?call=${shop[3].id}`);
    await expect(logs.panel).toContainText("This call is not here any more, or not yours to see");
  });
});

test.describe("nobody", () => {
  test.use({ viewer: null, expectedErrors: [/401/] });

  test("is asked to sign in", async ({ logs, page }) => {
    await page.goto("integrations/api-logs");
    await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
    await expect(logs.grid).toHaveCount(0);
  });
});

test("a sign-in link works once", async ({ browser, server }) => {
  const link = await server.signInLink({ account: "shop", role: "owner" });
  for (const [expected, text] of [[200, null], [410, "cannot be used"]]) {
    const context = await browser.newContext();
    const visitor = await context.newPage();
    const answer = await visitor.goto(link);
    expect(answer.status()).toBe(expected);
    if (text) await expect(visitor.getByRole("heading")).toContainText(text);
    await context.close();
  }
});
