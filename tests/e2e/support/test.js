// The `test` of every spec: a server per worker with known calls, a page that is signed in, and no tolerance for
// errors that a reader would not see.

import { test as base, expect } from "@playwright/test";

import { clinicCalls } from "../../fixtures/clinic.js";
import { largeCall, manyCalls, pollingCalls, shopCalls } from "../../fixtures/shop.js";
import { ApiLogsPage } from "../pages/api-logs.js";
import { Echo } from "./echo.js";
import { Server } from "./server.js";
import { signIn } from "./sign-in.js";

export { expect };

/** Accounts: `shop` has the known calls, `polls` those that repeat, `crowd` three thousand, `large` one of a megabyte, `clinic`
 * those whose diagnosis is known, `empty` none. */
export const CROWD = 3_000;

export const test = base.extend({
  /** Who looks: an account with role, bots and plan; `null` is nobody. */
  viewer: [{ account: "shop", role: "owner" }, { option: true }],

  echo: [
    async ({}, use) => {
      const echo = await Echo.start();
      await use(echo);
      await echo.stop();
    },
    { scope: "worker" },
  ],

  /** The server with the calls of all accounts, and the sessions of those who looked already. */
  seeded: [
    async ({ echo }, use) => {
      const server = await Server.start();
      const now = Date.now();
      const shop = shopCalls(now, echo.url);
      await server.send("shop", shop);
      await server.send("polls", pollingCalls(now));
      await server.send("crowd", manyCalls(now, CROWD));
      await server.send("large", [largeCall(now)]);
      const clinic = clinicCalls(now);
      await server.send("clinic", clinic);
      await use({ server, shop, clinic, polls: pollingCalls(now), sessions: new Map() });
      await server.stop();
    },
    { scope: "worker" },
  ],

  server: async ({ seeded }, use) => use(seeded.server),

  /** The calls of the account `shop`, newest first. */
  shop: async ({ seeded }, use) => use(seeded.shop),

  /** The calls of the account `polls`, newest first. */
  polls: async ({ seeded }, use) => use(seeded.polls),
  /** The calls of the account `clinic`, newest first. */
  clinic: async ({ seeded }, use) => use(seeded.clinic),

  baseURL: async ({ server }, use) => use(server.url),

  storageState: async ({ seeded, viewer }, use) => {
    const { server, sessions } = seeded;
    const name = JSON.stringify(viewer);
    if (viewer && !sessions.has(name)) sessions.set(name, await signIn(server, viewer));
    await use(viewer ? sessions.get(name) : undefined);
  },

  /** Mistakes that the test provokes on purpose: patterns of console messages. */
  expectedErrors: [[], { option: true }],

  page: async ({ page, expectedErrors }, use) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(`script: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`console: ${message.text()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await use(page);
    const unexpected = errors.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)));
    expect(unexpected, "errors in the browser").toEqual([]);
  },

  logs: async ({ page }, use) => use(new ApiLogsPage(page)),
});
