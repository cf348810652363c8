// How the page looks: a picture of each state in both themes, compared with the one that was looked at and kept in
// `pictures/`. Server and page stand still at one time, and the fonts are the tests' own.

import { galleryCalls } from "../fixtures/gallery.js";
import { Server } from "./support/server.js";
import { expect, test as base } from "./support/test.js";
import { failing, patterns } from "./support/states.js";

/** Far away, because a browser forgets sessions that have ended by its own clock. */
const NOW = Date.UTC(2040, 2, 14, 9, 41, 30);
/** As much as tells, and no more: every picture is kept. */
const DESK = { width: 1100, height: 560 };
const TALL = { width: 1100, height: 700 };
const SHORT = { width: 1100, height: 380 };
const PHONE = { width: 390, height: 640 };

const test = base.extend({
  viewer: { account: "gallery", role: "owner" },

  seeded: [
    async ({}, use) => {
      const server = await Server.start({ standingAt: NOW });
      const gallery = galleryCalls(NOW);
      await server.send("gallery", gallery);
      await use({ server, gallery, sessions: new Map() });
      await server.stop();
    },
    { scope: "worker" },
  ],

  /** The calls of the account, newest first. */
  gallery: async ({ seeded }, use) => use(seeded.gallery),

  page: async ({ page }, use) => {
    await page.addInitScript((now) => {
      const RealDate = Date;
      // Timers go on, only the time of day stands: a faked `setTimeout` would not be the browser's.
      globalThis.Date = class extends RealDate {
        constructor(...parts) {
          super(...(parts.length === 0 ? [now] : parts));
        }
        static now() {
          return now;
        }
      };
    }, NOW);
    await use(page);
  },
});

/** The newest call that failed, with a cause and a success before it. */
const failed = (gallery) => gallery[0];
const answeredWithRecords = (gallery) => gallery.find((call) => call.application === "salesforce" && call.response?.status === 200);

const panel = ({ logs }) => logs.panel;

/** Name, the way there, and what of the page is in the picture where it is not all of it. */
const STATES = [
  { name: "list", enter: ({ logs }) => logs.open("last=7d") },
  {
    name: "list-filtered",
    viewport: SHORT,
    enter: ({ logs }) => logs.open("q=code:%3E%3D400&status=error&bot=-b-sales&application=salesforce,json_api&last=7d"),
  },
  {
    name: "filter-open",
    part: ({ logs }) => logs.popover("Application"),
    enter: async ({ logs, page }) => {
      await logs.open("application=zendesk,-salesforce&last=7d");
      // The values keep the order that they have when the menu opens, which is that of their counts once these are there.
      await page.waitForLoadState("networkidle");
      await logs.filter("Application").click();
      await expect(logs.popover("Application")).toBeVisible();
    },
  },
  {
    name: "empty",
    viewer: { account: "empty", role: "owner" },
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("heading", { name: "No bot has made a call yet" })).toBeVisible();
    },
  },
  {
    name: "no-match",
    enter: async ({ page }) => {
      await page.goto("integrations/api-logs?q=nosuchwordanywhere&status=error");
      await expect(page.getByRole("heading", { name: "No call matches these filters" })).toBeVisible();
    },
  },
  {
    name: "failed",
    errors: [/503/],
    enter: async ({ page }) => {
      await failing(page, patterns.list);
      await page.goto("integrations/api-logs");
      await expect(page.getByRole("alert").getByRole("button", { name: "Try again" })).toBeVisible();
    },
  },
  {
    name: "search-problem",
    viewport: SHORT,
    enter: async ({ logs, page }) => {
      await logs.open("last=7d");
      await logs.search("parcel bott:sales");
      await expect(page.getByText(/did you mean bot:/)).toBeVisible();
    },
  },
  {
    name: "cause",
    viewport: TALL,
    part: panel,
    enter: async ({ gallery, logs }) => {
      await logs.open(`last=7d&call=${failed(gallery).id}`);
      await expect(logs.tab("Request")).toBeVisible();
    },
  },
  {
    name: "response",
    viewport: TALL,
    part: panel,
    enter: async ({ gallery, logs }) => {
      await logs.open(`last=7d&call=${answeredWithRecords(gallery).id}&tab=response`);
      await expect(logs.panel).toContainText("totalSize");
    },
  },
  {
    name: "compare",
    viewport: TALL,
    part: panel,
    enter: async ({ gallery, logs }) => {
      await logs.open(`last=7d&call=${failed(gallery).id}&tab=compare`);
      await expect(logs.panel).toContainText("Only the answer changed.");
      await logs.panel.getByRole("tabpanel").evaluate((shown) => shown.scrollIntoView());
    },
  },
  {
    name: "palette",
    part: ({ page }) => page.getByRole("dialog", { name: "Commands" }),
    enter: async ({ logs, page }) => {
      await logs.open("last=7d");
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
    },
  },
  { name: "list-narrow", viewport: PHONE, enter: ({ logs }) => logs.open("last=7d") },
  {
    name: "cause-narrow",
    viewport: PHONE,
    enter: async ({ gallery, logs }) => {
      await logs.open(`last=7d&call=${failed(gallery).id}`);
      await expect(logs.tab("Request")).toBeVisible();
    },
  },
];

/** Waits until everything that was asked for has come and is drawn. */
async function settle(page) {
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
}

for (const colorScheme of ["light", "dark"]) {
  for (const { name, viewer = { account: "gallery", role: "owner" }, viewport = DESK, errors = [], part = ({ page }) => page, enter } of STATES) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ viewer, viewport, colorScheme, expectedErrors: errors, hasTouch: viewport === PHONE });

      test("looks as it did", async ({ gallery, logs, page }) => {
        await enter({ gallery, logs, page });
        await settle(page);
        await expect(part({ logs, page })).toHaveScreenshot(`${name}-${colorScheme}.png`);
      });
    });
  }
}

test.describe("what is another picture", () => {
  test.use({ viewport: SHORT, colorScheme: "light" });

  /** Changes the page behind its back: the picture has to tell. */
  const CHANGES = {
    "a chip that is gone": ({ page }) => page.locator(".chip").first().evaluate((chip) => chip.remove()),
    "a status in another red": ({ page }) => page.locator(".pill--err").first().evaluate((pill) => (pill.style.background = "#ffdddd")),
    "a letter that is another": ({ logs }) => logs.grid.getByText("Send form").evaluate((node) => (node.textContent = "Send farm")),
  };

  for (const [name, change] of Object.entries(CHANGES)) {
    test(name, async ({ gallery, logs, page }) => {
      const { enter } = STATES.find((state) => state.name === "list-filtered");
      await enter({ gallery, logs, page });
      await settle(page);
      await change({ logs, page });
      await expect(page).not.toHaveScreenshot("list-filtered-light.png");
    });
  }
});
