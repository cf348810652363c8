// Help with finding: what is offered while somebody types, what was searched for before, what is wrong, and how to search.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";

const answered = (call) => outcome(call) !== "no_response";
const of = (name) => (call) => answered(call) && call.bot?.name === name;

test("a field and a value are completed by keys, with the calls that each value finds", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.searchBox.pressSequentially("bo");
  await expect(logs.suggestion(/^bot:/)).toContainText("the bot, by any part of its name");
  await page.keyboard.press("ArrowDown");
  await expect(logs.suggestion(/^bot:/)).toHaveAttribute("aria-selected", "true");
  const id = await logs.suggestion(/^bot:/).getAttribute("id");
  await expect(logs.searchBox).toHaveAttribute("aria-activedescendant", id);
  await page.keyboard.press("Tab");
  await expect(logs.searchBox).toHaveValue("bot:");
  await expect(logs.searchBox).toBeFocused();
  for (const name of ["Order status", "Sales"]) {
    await expect(logs.suggestion(name)).toContainText(String(shop.filter(of(name)).length));
  }
  await page.keyboard.type("ord");
  await expect(logs.suggestion("Sales")).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(logs.searchBox).toHaveValue('bot:"Order status" ');
  await expect(logs.suggestions).toBeHidden();
  await logs.expectQuery({ q: 'bot:"Order status"' });
  await logs.expectCalls(shop.filter(of("Order status")));
});

test("an arrow pressed before the suggestions are there leads to the first of them", async ({ logs, page }) => {
  await logs.open();
  await logs.searchBox.pressSequentially("app:zen");
  await page.keyboard.press("ArrowDown");
  await expect(logs.suggestion(/^zendesk/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(logs.searchBox).toHaveValue("app:zendesk ");
});

test("a suggestion that is chosen before it is there is taken when it comes", async ({ logs, page }) => {
  await logs.open();
  let answer = () => {};
  const held = new Promise((resolve) => (answer = resolve));
  await page.route("**/calls/suggestions?*", async (route) => {
    if (new URL(route.request().url()).searchParams.get("text") === "app:zen") await held;
    await route.continue();
  });
  await logs.searchBox.pressSequentially("app:ze");
  await expect(logs.suggestion(/^zendesk/)).toBeVisible();
  const asked = page.waitForRequest((request) => request.url().includes("suggestions") && request.url().includes("zen"));
  await logs.searchBox.press("n");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await asked;
  await expect(logs.searchBox).toHaveValue("app:zen");
  answer();
  await expect(logs.searchBox).toHaveValue("app:zendesk ");
});

test("a value is taken by mouse, in the middle of a search", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.search("code: -app:zendesk");
  await logs.searchBox.press("Home");
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.type("4");
  await logs.suggestion(/^422/).click();
  await expect(logs.searchBox).toHaveValue("code:422 -app:zendesk");
  await expect(logs.searchBox).toBeFocused();
  await logs.expectCalls(shop.filter((call) => call.response?.status === 422));
});

test("values are counted in the other filters, and nobody is offered what they may not see", async ({ logs, shop }) => {
  await logs.open("status=error");
  await logs.searchBox.pressSequentially("bot:");
  const errors = shop.filter((call) => outcome(call) === "error" && call.bot?.name === "Sales").length;
  await expect(logs.suggestion("Sales")).toContainText(String(errors));
});

test.describe("a supervisor", () => {
  test.use({ viewer: { account: "shop", role: "supervisor", bots: ["Sales"] } });

  test("is offered values of their bots only", async ({ logs }) => {
    await logs.open();
    await logs.searchBox.pressSequentially("bot:");
    await expect(logs.suggestion("Sales")).toBeVisible();
    await expect(logs.suggestions.getByRole("option")).toHaveCount(1);
    await logs.searchBox.fill("user:");
    await expect(logs.suggestion("Asha")).toBeVisible();
    await expect(logs.suggestion("आशा")).toBeHidden();
  });
});

test("Escape takes the suggestions away, then the words, and typing goes on", async ({ logs, page }) => {
  await logs.open();
  await logs.searchBox.pressSequentially("sta");
  await expect(logs.suggestion(/^status:/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(logs.suggestions).toBeHidden();
  await expect(logs.searchBox).toHaveValue("sta");
  await page.keyboard.type("t");
  await expect(logs.suggestion(/^status:/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(logs.searchBox).toHaveValue("");
});

test("without suggestions the arrow leads on to the list", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.search("kingfisher");
  await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("kingfisher")));
  await expect(logs.suggestions).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await expect(logs.grid.getByRole("link").first()).toBeFocused();
});

test("the last searches are offered in the empty box, and can be forgotten", async ({ logs, page, shop }) => {
  await logs.open();
  for (const words of ["kingfisher", "status:error"]) {
    await logs.search(words);
    await page.keyboard.press("Enter");
    await logs.expectQuery({ q: words });
  }
  await page.reload();
  await expect(logs.searchBox).toHaveValue("status:error");
  await logs.search("");
  await expect(logs.suggestions.getByRole("option")).toHaveText(["status:error", "kingfisher"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(logs.suggestions.getByRole("option")).toHaveText(["kingfisher"]);
  await logs.suggestion("kingfisher").click();
  await expect(logs.searchBox).toHaveValue("kingfisher");
  await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("kingfisher")));
  await logs.search("");
  await page.getByTitle("Forget this search").click();
  await expect(logs.suggestion(/^status:/)).toBeVisible();
});

test("what is wrong is marked, and the nearest field is one press away", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.search("bott:sales kingfisher");
  await expect(page.locator("mark")).toHaveText("bott");
  await page.getByRole("button", { name: "Use bot:" }).click();
  await expect(logs.searchBox).toHaveValue("bot:sales kingfisher");
  await expect(logs.searchBox).toBeFocused();
  await expect(page.locator("mark")).toBeHidden();
  await logs.expectCalls(shop.filter((call) => of("Sales")(call) && JSON.stringify(call).includes("kingfisher")));
});

test("examples in the help are run when they are pressed", async ({ logs, page, shop }) => {
  await logs.open();
  await page.getByRole("button", { name: "How to search" }).click();
  await page.getByRole("group", { name: "How to search" }).getByRole("button", { name: "code:404" }).click();
  await expect(logs.searchBox).toHaveValue("code:404");
  await expect(logs.searchBox).toBeFocused();
  await expect(page.getByRole("group", { name: "How to search" })).toBeHidden();
  await logs.expectCalls(shop.filter((call) => call.response?.status === 404));
});

test("a word that is still being composed is not taken away by Enter", async ({ logs, page }) => {
  await logs.open();
  await logs.searchBox.pressSequentially("bot:");
  await expect(logs.suggestion("Sales")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "予", selectionStart: 1, selectionEnd: 1 });
  await page.keyboard.press("Enter");
  await session.send("Input.insertText", { text: "予約" });
  await expect(logs.searchBox).toHaveValue("bot:予約");
  await expect(logs.suggestion("Réservations 予約")).toBeVisible();
});
