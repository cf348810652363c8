// One call beside the list: its facts, request, response, variables.

import { expect, test } from "./support/test.js";

const by = (url) => (call) => call.request?.url.includes(url);

test("the six facts of a call", async ({ logs, shop }) => {
  const call = shop.find((call) => call.response?.status === 422);
  await logs.open();
  await logs.openCall(call);
  await expect(logs.fact("Status")).toContainText("422 Unprocessable Content");
  await expect(logs.fact("Bot name")).toHaveText("Order status");
  await expect(logs.fact("Source")).toContainText("Track an order");
  await expect(logs.fact("Source")).toContainText("Look up order");
  await expect(logs.fact("User")).toHaveText("Asha");
  await expect(logs.fact("Application")).toHaveText("JSON API");
  const exact = call.timestamp.slice(11, 19);
  await expect(logs.fact("Time")).toContainText(exact);
  const local = new Date(call.timestamp).toLocaleTimeString("en-GB", { timeZone: "Asia/Kolkata" });
  await expect(logs.fact("Time")).toContainText(local);
});

test("an agent who tried it in the inbox is the source", async ({ logs, shop }) => {
  await logs.open();
  await logs.openCall(shop.find((call) => call.source.kind === "inbox"));
  await expect(logs.fact("Source")).toContainText("Ravi Patel");
});

test("a user without a name is called by the channel's id, and no user is Anonymous", async ({ logs, shop }) => {
  await logs.open();
  await logs.openCall(shop.find((call) => call.user?.name === ""));
  await expect(logs.fact("User")).toHaveText("+441234567");
  await logs.openCall(shop.find((call) => !call.user));
  await expect(logs.fact("User")).toHaveText("Anonymous");
});

test("a JSON response is laid out, and can be seen as it came", async ({ logs, shop }) => {
  const call = shop.find((call) => call.response?.status === 422);
  await logs.open(`call=${call.id}`);
  await logs.tab("Response").click();
  await expect(logs.panel).toContainText('"is not an address"');
  await logs.panel.getByRole("button", { name: "Raw" }).click();
  await expect(logs.panel).toContainText(call.response.body);
});

test("a body that is HTML is shown as text and does nothing", async ({ logs, shop }) => {
  await logs.open(`call=${shop.find((call) => call.response?.status === 502).id}`);
  await logs.tab("Response").click();
  await expect(logs.panel).toContainText("<h1>Bad Gateway</h1>");
  await expect(logs.panel.getByRole("heading", { name: "Bad Gateway" })).toHaveCount(0);
});

test("an empty body and one that was not captured are told apart", async ({ logs, shop }) => {
  await logs.open(`call=${shop.find((call) => call.response?.status === 204).id}`);
  await logs.tab("Response").click();
  await expect(logs.panel).toContainText(/empty/i);
  await logs.open(`call=${shop.find(by("uncaptured")).id}`);
  await logs.tab("Response").click();
  await expect(logs.panel).toContainText(/not captured/i);
});

test("a script shows where it stopped and its variables, and has no request", async ({ logs, shop }) => {
  await logs.open(`call=${shop.find((call) => call.script?.error).id}`);
  await expect(logs.panel).toContainText("basket.sum is not a function");
  await expect(logs.panel).toContainText(/line 1/);
  await expect(logs.tab("Variables")).toBeVisible();
  await expect(logs.tab("Request")).toHaveCount(0);
  await expect(logs.panel.getByRole("row", { name: /basket/ }).first()).toContainText("5");
});

test("a script that ran to its end shows what it changed", async ({ logs, shop }) => {
  await logs.open(`call=${shop.find((call) => call.script && !call.script.error).id}`);
  await logs.tab("Variables").click();
  await expect(logs.panel.getByRole("row", { name: /total/ })).toContainText("3");
});

test("a call without a response has a cause and no invented code", async ({ logs, shop }) => {
  await logs.open(`no_response=true&call=${shop.find((call) => call.failure?.kind === "dns").id}`);
  await expect(logs.fact("Status")).toContainText("No reply");
  await expect(logs.fact("Status")).toContainText("no such host: gone.example");
  await expect(logs.fact("Status")).not.toContainText(/\b[1-5]\d\d\b/);
});

test("C2E has no address, and the panel says so", async ({ logs, shop }) => {
  await logs.open(`call=${shop.find((call) => call.application === "c2e").id}`);
  await expect(logs.panel).toContainText("no address to call");
  await expect(logs.panel.getByRole("button", { name: "Copy as cURL" })).toHaveCount(0);
});

test("the neighbours are one button away, and the list shows which call is open", async ({ logs, shop }) => {
  const listed = shop.filter((call) => !call.failure);
  await logs.open();
  await logs.openCall(listed[1]);
  await expect(logs.row(listed[1])).toHaveAttribute("aria-selected", "true");
  await logs.panel.getByRole("button", { name: "Older call" }).click();
  await expect(logs.row(listed[2])).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => logs.query().get("call")).toBe(listed[2].id);
  await logs.panel.getByRole("button", { name: "Newer call" }).click();
  await expect.poll(() => logs.query().get("call")).toBe(listed[1].id);
  await logs.panel.getByRole("button", { name: "Close" }).click();
  await expect(logs.panel).toBeHidden();
});
