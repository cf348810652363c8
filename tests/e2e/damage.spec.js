// A day whose file is damaged on disk: the others are shown, and the page says what is missing.

import { readdir, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { aCall, DAY } from "../fixtures/call.js";
import { ApiLogsPage } from "./pages/api-logs.js";
import { Server } from "./support/server.js";
import { signIn } from "./support/sign-in.js";
import { expect, test } from "./support/test.js";

test("the answer is partial and says which day cannot be read", async ({ browser }) => {
  const server = await Server.start();
  try {
    const now = Date.now();
    const today = [1, 2, 3].map((number) => aCall(number, { now, ago: number * 1_000, url: `https://shop.example/orders/${number}` }));
    const earlier = [4, 5].map((number) => aCall(number, { now, ago: 3 * DAY + number * 1_000 }));
    await server.send("shop", [...today, ...earlier]);
    await server.pause();
    await damage(server.folder, earlier[0].timestamp.slice(0, 10));
    await server.resume();

    const storageState = await signIn(server, { account: "shop", role: "owner" });
    const context = await browser.newContext({ storageState, baseURL: server.url });
    const logs = new ApiLogsPage(await context.newPage());
    await logs.open();
    await expect(logs.page.getByText(new RegExp(earlier[0].timestamp.slice(0, 10))).first()).toBeVisible();
    await expect.poll(() => logs.ids()).toEqual(today.map((call) => call.id));
    await context.close();
  } finally {
    await server.stop();
  }
});

/** Overwrites the files of a day with noise of the same size. */
async function damage(folder, day) {
  const calls = join(folder, "calls");
  const files = (await readdir(calls)).filter((name) => name.startsWith(day));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) {
    const path = join(calls, name);
    const { size } = await stat(path);
    if (name.endsWith(".db")) await writeFile(path, Buffer.alloc(size, 0x5a));
    else await truncate(path, 0);
  }
}
