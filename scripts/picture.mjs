// Takes the picture of the README: the real page with the demo account, in light colours.

import { mkdirSync, statSync } from "node:fs";

import { chromium } from "@playwright/test";

import { Server } from "../tests/e2e/support/server.js";
import { signIn } from "../tests/e2e/support/sign-in.js";

const FILE = "docs/pictures/api-logs.png";

const server = await Server.start({ demo: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const storageState = await signIn(server, { account: "demo", role: "owner" });
  const context = await browser.newContext({ storageState, baseURL: server.url, viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB" });
  const page = await context.newPage();
  await page.goto("integrations/api-logs");
  // A call that somebody would open: one that failed, a little down the list.
  const failed = page.getByRole("grid").getByRole("row").filter({ hasText: /401|404|422|429/ });
  await failed.nth(1).click();
  // It opens with its cause.
  await page.getByRole("complementary", { name: "Call details" }).getByText("How we know").waitFor();
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  mkdirSync("docs/pictures", { recursive: true });
  await page.screenshot({ path: FILE, animations: "disabled" });
  console.log(`${FILE}: ${statSync(FILE).size.toLocaleString("en-GB")} bytes`);
} finally {
  await browser.close();
  await server.stop();
}
