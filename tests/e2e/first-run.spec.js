// `serve --demo` on an empty folder: what `make run` shows first.

import { ApiLogsPage } from "./pages/api-logs.js";
import { Server } from "./support/server.js";
import { expect, test } from "./support/test.js";

test("prints its address and a link each for Owner, Supervisor and Bot Builder, which work", async ({ browser }) => {
  const server = await Server.start({ demo: true });
  try {
    await expect.poll(() => server.log).toMatch(/Bot Builder\s+http/);
    expect(server.log).toContain(`${server.url}integrations/api-logs`);
    for (const role of ["Owner", "Supervisor", "Bot Builder"]) {
      const link = server.log.match(new RegExp(`${role}\\s+(http\\S+)`))?.[1];
      expect(link, `the link of the ${role}`).toBeTruthy();
      const context = await browser.newContext();
      const logs = new ApiLogsPage(await context.newPage());
      await logs.page.goto(link);
      await expect(logs.count).toContainText(/\d/);
      expect((await logs.ids()).length).toBeGreaterThan(5);
      await context.close();
    }
  } finally {
    await server.stop();
  }
});

test("a second start keeps the account and its calls", async () => {
  // It makes a demo account first.
  test.setTimeout(100_000);
  const server = await Server.start({ demo: true });
  try {
    await server.pause();
    await server.resume();
    expect(server.log.match(/made a demo account/g)).toHaveLength(1);
    expect(await server.command("check", "--data", server.folder)).toMatch(/\d/);
  } finally {
    await server.stop();
  }
});
