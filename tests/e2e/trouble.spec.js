// A server that answers late, twice, out of order, with something else or not at all, and a clock that is wrong: the page
// stays usable, says what it shows, and what was typed is not lost.

import { outcome } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";
import { holding, patterns } from "./support/states.js";

const answered = (call) => outcome(call) !== "no_response";
const HOUR = 3_600_000;
const HTML = { status: 200, contentType: "text/html", body: "<!doctype html><title>Please sign in to the guest network</title><h1>Welcome</h1>" };

test("while the answer does not come, what is typed stays, filters can be set, and the last wins", async ({ logs, page, shop }) => {
  await logs.open();
  const release = await holding(page, patterns.list);
  await logs.searchBox.pressSequentially("kingfisher");
  await logs.filter("Response status").click();
  await logs.option("Response status", "Success").click();
  await page.keyboard.press("Escape");
  await expect(logs.searchBox).toHaveValue("kingfisher");
  await expect(logs.grid).toHaveAttribute("aria-busy", "true");
  release();
  await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("kingfisher")));
  await expect(logs.searchBox).toHaveValue("kingfisher");
  await logs.expectQuery({ q: "kingfisher", status: "success" });
});

test("answers that come in the reverse order leave the rows of the last question", async ({ logs, page, shop }) => {
  await logs.open();
  const letGo = [];
  await page.route(patterns.list, async (route) => {
    await new Promise((resolve) => letGo.push(resolve));
    await route.fallback().catch(() => {});
  });
  for (const [number, typed] of ["k", "king", "kingfisher"].entries()) {
    await logs.search(typed);
    await expect.poll(() => letGo.length).toBe(number + 1);
  }
  for (const go of letGo.reverse()) go();
  await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("kingfisher")));
  await page.waitForLoadState("networkidle");
  await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("kingfisher")));
  await expect(logs.searchBox).toHaveValue("kingfisher");
});

test("a call that the server tells twice is one row", async ({ logs, page, shop }) => {
  const { id: _, request, response, ...call } = shop[0];
  const row = { ...call, id: "01970000-0000-7000-8000-00000000babe", outcome: "success", method: "GET", url: "https://x.example/twice", status: 200, timestamp: new Date().toISOString() };
  const event = `id: 1\nevent: call\ndata: ${JSON.stringify(row)}\n\n`;
  let told = 0;
  await page.route(/calls\/tail/, (route) => {
    told += 1;
    return told === 1 ? route.fulfill({ contentType: "text/event-stream", body: event + event }) : route.abort();
  });
  await logs.open();
  await page.getByRole("switch", { name: "Live" }).click();
  await expect(logs.row(row)).toHaveCount(1);
  await expect.poll(async () => (await logs.ids()).filter((id) => id === row.id).length).toBe(1);
});

test.describe("a page of somebody else in the answer's place", () => {
  test.use({ expectedErrors: [/Failed to load/] });

  test("is not shown as an empty list, and a second try brings the calls and keeps the search", async ({ logs, page, shop }) => {
    await logs.open();
    await page.route(patterns.list, (route) => route.fulfill(HTML));
    await logs.search("kingfisher");
    const alert = page.getByRole("alert");
    await expect(alert).toBeVisible();
    await expect(page.getByRole("heading", { name: /^No / })).toHaveCount(0);
    await expect(page.getByText("Welcome")).toHaveCount(0);
    await expect(logs.searchBox).toHaveValue("kingfisher");
    await page.unroute(patterns.list);
    await alert.getByRole("button", { name: "Try again" }).click();
    await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("kingfisher")));
  });

  test("for one call, the counts or the suggestions leaves the list as it is", async ({ logs, page, shop }) => {
    await page.route(/calls\/(histogram|facets|suggestions)|calls\/[0-9a-f]{8}-/, (route) => route.fulfill(HTML));
    await logs.open();
    await logs.expectCalls(shop.filter(answered));
    await logs.searchBox.pressSequentially("bot:");
    await expect(logs.searchBox).toHaveValue("bot:");
    await logs.search("");
    await logs.expectCalls(shop.filter(answered));
    await logs.row(shop[0]).click();
    await expect(logs.panel).toContainText("This call could not be loaded");
    await expect(logs.panel).not.toContainText("Welcome");
  });
});

test.describe("a server that is not there for a while", () => {
  test.use({ expectedErrors: [/ERR_|Failed to load/] });

  test("costs no letter of the search, and comes back", async ({ logs, page, shop }) => {
    await logs.open();
    await page.route(/\/api\//, (route) => route.abort("connectionrefused"));
    await logs.searchBox.pressSequentially("blue kingfisher");
    await expect(page.getByText(/cannot be reached/).first()).toBeVisible();
    await expect(logs.searchBox).toHaveValue("blue kingfisher");
    await page.unroute(/\/api\//);
    // The page asks again by itself, after two seconds and then less often.
    await logs.expectCalls(shop.filter((call) => JSON.stringify(call).includes("blue kingfisher")));
    await expect(logs.searchBox).toHaveValue("blue kingfisher");
  });
});

for (const [name, ahead] of [["ahead", 31 * HOUR], ["behind", -50 * HOUR]]) {
  test(`a browser's clock that is ${Math.abs(ahead / HOUR)} hours ${name} shows no wrong day and hides no call`, async ({ logs, page, shop }) => {
    await page.addInitScript((ahead) => {
      const RealDate = Date;
      globalThis.Date = class extends RealDate {
        constructor(...parts) {
          super(...(parts.length === 0 ? [RealDate.now() + ahead] : parts));
        }
        static now() {
          return RealDate.now() + ahead;
        }
      };
    }, ahead);
    await logs.open("last=1h");
    const lastHour = shop.filter((call) => answered(call) && Date.now() - Date.parse(call.timestamp) < 59 * 60_000);
    await logs.expectCalls(lastHour);
    await expect(page.getByText(/^(Today|Yesterday), /).first()).toBeVisible();
    const day = await page.getByText(/^(Today|Yesterday), /).first().textContent();
    await logs.openCall(lastHour[0]);
    await expect(logs.panel).toContainText(`${day.split(",")[0]} `);
    await logs.panel.getByRole("button", { name: "Close" }).click();
    await logs.open("last=30d");
    await logs.expectCalls(shop.filter(answered));
  });
}
