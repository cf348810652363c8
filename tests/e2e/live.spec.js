// Calls as they come in: where they enter, when they wait, and what is said when the connection fails.

import { aCall } from "../fixtures/call.js";
import { expect, test } from "./support/test.js";

let accounts = 0;

/** An account of its own for every test: calls that come in would disturb the others. */
function watching(name, calls, body, errors = []) {
  test.describe(name, () => {
    accounts += 1;
    const account = `live-${accounts}`;
    test.use({ viewer: { account, role: "owner" }, expectedErrors: errors });

    test(name, async ({ logs, page, server }) => {
      let sent = 0;
      const send = async (count, parts = {}) => {
        const base = 0xa000_0000 + accounts * 0x1_0000;
        const made = Array.from({ length: count }, () => aCall(base + (sent += 1), { now: Date.now() + sent, ago: 0, url: `https://shop.example/orders/${sent}`, ...parts }));
        await server.send(account, made);
        return made.reverse();
      };
      const before = calls > 0 ? await send(calls, { ago: 60_000 }) : [];
      const live = page.getByRole("switch", { name: "Live" });
      await body({ before, live, logs, page, send, server });
    });
  });
}

watching("new calls enter at the top, and the count follows", 3, async ({ before, live, logs, send }) => {
  await logs.open();
  await logs.expectCalls(before);
  await expect(live).not.toBeChecked();
  await live.click();
  await expect(live).toBeChecked();
  const first = await send(2);
  await logs.expectCalls([...first, ...before]);
  const second = await send(1);
  await logs.expectCalls([...second, ...first, ...before]);
});

watching("what came in before Live was switched on is not missed", 0, async ({ live, logs, page, send }) => {
  await page.goto("integrations/api-logs");
  await expect(page.getByRole("heading", { name: "No bot has made a call yet" })).toBeVisible();
  const missed = await send(2);
  await live.click();
  await logs.expectCalls(missed);
});

watching("filters hold", 2, async ({ live, logs, send }) => {
  await logs.open("status=error");
  await live.click();
  await send(2);
  const failed = await send(1, { status: 500 });
  await logs.expectCalls(failed);
});

watching("while a call is open, new ones wait behind a button", 5, async ({ before, live, logs, page, send }) => {
  await logs.open();
  await live.click();
  await logs.openCall(before[1]);
  const shown = await logs.ids();
  const fresh = await send(12);
  await expect(page.getByRole("button", { name: "12 new" })).toBeVisible();
  await expect(page.getByText("on hold")).toBeVisible();
  expect(await logs.ids()).toEqual(shown);
  await page.getByRole("button", { name: "12 new" }).click();
  await expect(logs.row(fresh[0])).toBeVisible();
  await expect(page.getByRole("button", { name: /\d new$/ })).toHaveCount(0);
});

watching("while the list is scrolled nothing moves under the reader", 200, async ({ before, live, logs, page, send }) => {
  await logs.open();
  await live.click();
  await logs.grid.hover();
  await page.mouse.wheel(0, 900);
  await expect(logs.row(before[0])).not.toBeInViewport();
  await expect(page.getByText("on hold")).toBeVisible();
  const read = logs.row(before[32]);
  const { y } = await read.boundingBox();
  const fresh = await send(3);
  await page.getByRole("button", { name: "3 new" }).waitFor();
  expect((await read.boundingBox()).y).toBe(y);
  await page.getByRole("button", { name: "3 new" }).click();
  await expect(logs.row(fresh[0])).toBeInViewport();
});

watching("a range that ends in the past says why nothing comes", 2, async ({ live, logs, page }) => {
  const [from, to] = [3_600_000, 1_000].map((ago) => new Date(Date.now() - ago).toISOString());
  await logs.open(`from=${from}&to=${to}`);
  await live.click();
  await expect(page.getByText("Live waits.")).toBeVisible();
  await page.getByRole("button", { name: "Switch it off" }).click();
  await expect(live).not.toBeChecked();
  await expect(page.getByText("Live waits.")).toHaveCount(0);
});

const LOST = [/ERR_|Failed to load|503/];
const AWAY = "The server cannot be reached.";

watching("a server that is away and comes back is said, and caught up with", 4, async ({ before, live, logs, page, send, server }) => {
  await logs.open();
  await live.click();
  const [seen] = await send(1);
  await expect(logs.row(seen)).toBeVisible();
  await server.pause();
  await expect(page.getByText(AWAY)).toBeVisible();
  await logs.expectCalls([seen, ...before]);
  await server.resume();
  const fresh = await send(2);
  await logs.expectCalls([...fresh, seen, ...before]);
  await expect(page.getByText(AWAY)).toHaveCount(0);
}, LOST);

watching("what was left out is said to whoever is reading, and loaded when asked for", 6, async ({ before, live, logs, page, send, server }) => {
  await logs.open();
  await live.click();
  const [seen] = await send(1);
  await expect(logs.row(seen)).toBeVisible();
  await logs.openCall(before[0]);
  await server.pause();
  await expect(page.getByText(AWAY)).toBeVisible();
  await server.resume();
  const missed = await send(2);
  const load = page.getByRole("button", { name: "Load them" });
  await load.waitFor({ timeout: 10_000 });
  await expect(page.getByText("Some new calls are left out here.")).toBeVisible();
  await load.click();
  await logs.expectCalls([...missed, seen, ...before]);
  await expect(load).toHaveCount(0);
}, LOST);

watching("a question that finds the server away keeps the rows, and is asked again by itself", 4, async ({ before, logs, page, server }) => {
  await logs.open();
  await server.pause();
  await page.getByRole("button", { name: "Clear all" }).or(logs.searchBox).first().focus();
  await logs.search("orders");
  await expect(page.getByText("The calls below are those of the filter before.")).toBeVisible();
  expect(await logs.ids()).toEqual(before.map((call) => call.id));
  await server.resume();
  await expect(page.getByText(AWAY)).toHaveCount(0, { timeout: 10_000 });
  await logs.expectCalls(before);
}, LOST);

watching("a filter changed and a call opened while the server is away are there when it is back, and Live goes on", 4, async ({ before, live, logs, page, send, server }) => {
  await logs.open();
  await live.click();
  const [seen] = await send(1);
  await expect(logs.row(seen)).toBeVisible();
  await server.pause();
  await expect(page.getByText(AWAY)).toBeVisible();
  await logs.search("orders");
  await logs.row(before[0]).click();
  await expect(logs.panel.getByText("This call could not be loaded")).toBeVisible();
  await server.resume();
  await expect(logs.panel.getByRole("tab", { name: "Request" })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(AWAY)).toHaveCount(0, { timeout: 15_000 });
  await expect(live).toBeChecked();
  await page.keyboard.press("Escape");
  const [fresh] = await send(1);
  await expect(logs.row(fresh)).toBeVisible();
  await expect(page.getByText("Live has ended.")).toHaveCount(0);
}, LOST);

watching("a session that ends ends Live in words", 2, async ({ live, logs, page }) => {
  const body = 'event: end\ndata: {"reason":"access_changed","message":"What you may see has changed. Load the page anew."}\n\n';
  await page.route(/calls\/tail/, (route) => route.fulfill({ contentType: "text/event-stream", body }));
  await logs.open();
  await live.click();
  await expect(page.getByText("Live has ended.")).toBeVisible();
  await expect(page.getByText("What you may see has changed.")).toBeVisible();
  await expect(live).not.toBeChecked();
});

watching("a page that nobody looks at gives its connection up, and takes it up again", 2, async ({ before, live, logs, page, send }) => {
  await page.clock.install();
  await logs.open();
  await live.click();
  const first = await send(1);
  await logs.expectCalls([...first, ...before]);
  const look = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, hidden);
  await look(true);
  await page.clock.fastForward(121_000);
  await expect(page.getByText("paused")).toBeVisible();
  const meanwhile = await send(2);
  await look(false);
  await logs.expectCalls([...meanwhile, ...first, ...before]);
});
