// Why a call failed, who must act, and what else is known: the overview of the panel, the comparison, the same error
// elsewhere, what can be found and copied.

import { expect, test } from "./support/test.js";

test.use({ viewer: { account: "clinic", role: "owner" } });

const cause = (logs) => logs.panel.getByRole("region", { name: "Cause" });
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

test("a cause, who must act, and the evidence, which leads to its line", async ({ clinic, logs }) => {
  await logs.open(`call=${clinic[0].id}`);
  await expect(cause(logs)).toContainText("The spreadsheet is not shared with the connected account");
  await expect(cause(logs)).toContainText("Who must act: whoever builds this bot.");
  await expect(cause(logs).getByRole("listitem").first()).toHaveText("Line 5 of the response: PERMISSION_DENIED");
  // The facts stay where they were.
  await expect(logs.fact("Status")).toContainText("403 Forbidden");
  await cause(logs).getByRole("button", { name: "Line 5 of the response" }).click();
  await expect(logs.tab("Response")).toHaveAttribute("aria-selected", "true");
  const line = logs.panel.getByRole("listitem").filter({ hasText: '"status": "PERMISSION_DENIED"' });
  await expect(line).toBeInViewport();
  await expect(line).toHaveClass(/is-hit/);
});

test("an answer that says success and failed is told so, and stays a success", async ({ clinic, logs }) => {
  await logs.open(`call=${clinic[4].id}`);
  await expect(cause(logs)).toContainText("shop.example answered 200, but says that it did not work");
  await expect(logs.fact("Status")).toContainText("200 OK");
});

test("a plain success has no cause and nothing to compare", async ({ clinic, logs }) => {
  await logs.open(`call=${clinic[6].id}`);
  await expect(logs.tab("Response")).toBeVisible();
  await expect(cause(logs)).toHaveCount(0);
  await expect(logs.tab("Compare")).toHaveCount(0);
  await expect(logs.panel.getByRole("region", { name: "Same error in this range" })).toHaveCount(0);
});

test("what was not filled in is flagged, above and in its place", async ({ clinic, logs }) => {
  await logs.open(`call=${clinic[5].id}`);
  const findings = logs.panel.getByRole("list", { name: "Findings in the request" }).getByRole("listitem");
  await expect(findings).toHaveText([
    "The variable {{patient.id}} in the address was not filled in.",
    "The value of the parameter phone of the address is empty.",
    "The value of the header x-tenant is the word undefined: the variable behind it was empty.",
    "The variable {{user.city}} in /address/city in the body was not filled in.",
  ]);
  const table = (name) => logs.panel.getByRole("table", { name });
  await expect(table("Parameters").getByRole("row", { name: /phone/ })).toContainText("empty");
  await expect(table("Headers sent").getByRole("row", { name: /x-tenant/ })).toContainText("no value");
  await expect(logs.panel.locator(".is-hit")).toHaveText(/\{\{user\.city\}\}/);
});

test("compared with the last success of the same node", async ({ clinic, logs }) => {
  await logs.open(`call=${clinic[0].id}`);
  await logs.tab("Compare").click();
  await expect(logs.panel).toContainText("The request is the same. Only the answer changed.");
  const body = logs.panel.getByRole("list", { name: "Response body" });
  await expect(body.getByRole("listitem").filter({ hasText: /^was/ }).first()).toContainText("not there");
  await expect(body.getByRole("listitem").filter({ hasText: /^now/ }).first()).toContainText("PERMISSION_DENIED");
  await expect(logs.panel).toContainText("Failing since:");
  await logs.panel.getByRole("tabpanel").getByRole("link").click();
  await expect.poll(() => logs.query().get("call")).toBe(clinic[3].id);
  await expect(logs.fact("Status")).toContainText("200 OK");
});

test.describe("without an earlier success", () => {
  test.use({ expectedErrors: [/404/] });

  test("the comparison says that there is none", async ({ clinic, logs }) => {
    await logs.open(`call=${clinic[5].id}&tab=compare`);
    await expect(logs.panel.getByRole("tabpanel")).toContainText("No successful call of this node from before this one is kept.");
  });
});

test("the same error elsewhere is counted, and every number leads to its calls", async ({ clinic, logs }) => {
  await logs.open(`call=${clinic[0].id}&application=google_sheets`);
  const same = logs.panel.getByRole("region", { name: "Same error in this range" });
  await expect(same.getByRole("list").first().getByRole("listitem")).toHaveText(["3 calls", "2 bots", "2 nodes", "2 end users"]);
  await same.getByText("Which ones").click();
  await same.getByRole("list", { name: "bots" }).getByRole("link", { name: "Sales" }).click();
  await logs.expectCalls([clinic[2]]);
  await expect.poll(() => logs.query().get("call")).toBe(clinic[0].id);
  await same.getByRole("link", { name: "Show these calls" }).click();
  await logs.expectCalls(clinic.slice(0, 3));
});

test("the id and the evidence are copied", async ({ clinic, logs, page }) => {
  await logs.open(`call=${clinic[0].id}`);
  await logs.panel.getByRole("button", { name: "Copy id" }).click();
  await expect.poll(() => copied(page)).toBe(clinic[0].id);
  await logs.panel.getByRole("button", { name: "Copy evidence" }).click();
  await expect.poll(() => copied(page)).toContain("== What we make of it ==");
  const pack = await copied(page);
  expect(pack).toContain(clinic[0].timestamp);
  expect(pack).toContain("PERMISSION_DENIED");
  expect(pack).not.toContain("Asha");
});

test("words are found in a body, and a line gives its path and value", async ({ clinic, logs, page }) => {
  await logs.open(`call=${clinic[0].id}&tab=response`);
  const field = logs.panel.getByRole("searchbox", { name: "Find in body" });
  await field.fill("permission");
  await expect(logs.panel.getByText("1 of 2", { exact: true })).toBeVisible();
  await expect(logs.panel.locator(".is-hit")).toHaveText(/The caller does not have permission/);
  await field.press("Enter");
  await expect(logs.panel.locator(".is-hit")).toHaveText(/PERMISSION_DENIED/);
  await logs.panel.getByRole("button", { name: "Copy path" }).click();
  await expect.poll(() => copied(page)).toBe("error.status");
  await logs.panel.getByRole("listitem").filter({ hasText: '"code": 403' }).click();
  await logs.panel.getByRole("button", { name: "Copy value" }).click();
  await expect.poll(() => copied(page)).toBe("403");
  await field.fill("nowhere");
  await expect(logs.panel.getByText("Not found", { exact: true })).toBeVisible();
  // Escape empties the field first, and closes the panel then.
  await field.press("Escape");
  await expect(field).toHaveValue("");
  await field.press("Escape");
  await expect(logs.panel).toBeHidden();
});

test("all of it is reached by keys", async ({ clinic, logs, page }) => {
  await logs.open(`call=${clinic[0].id}`);
  const evidence = cause(logs).getByRole("button", { name: "Line 5 of the response" });
  await evidence.focus();
  await page.keyboard.press("Enter");
  await expect(logs.tab("Response")).toHaveAttribute("aria-selected", "true");
  await logs.tab("Response").focus();
  await page.keyboard.press("ArrowRight");
  await expect(logs.tab("Compare")).toBeFocused();
  await expect(logs.panel).toContainText("Only the answer changed.");
  await page.keyboard.press("j");
  await expect.poll(() => logs.query().get("call")).toBe(clinic[1].id);
  await expect(cause(logs)).toContainText("not shared");
  await page.keyboard.press("k");
  await expect.poll(() => logs.query().get("call")).toBe(clinic[0].id);
});
