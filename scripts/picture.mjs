// Takes the picture of the README: the real page with the demo account, in light colours.

import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { Server } from "../tests/e2e/support/server.js";
import { signIn } from "../tests/e2e/support/sign-in.js";

const FILE = "docs/pictures/api-logs.png";

// The page takes the fonts of the system, which differ.
const env = { ...process.env, FONTCONFIG_FILE: fileURLToPath(new URL("picture-fonts.conf", import.meta.url)) };

const server = await Server.start({ demo: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"], env });
try {
  const storageState = await signIn(server, { account: "demo", role: "owner" });
  const context = await browser.newContext({ storageState, baseURL: server.url, viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB" });
  const page = await context.newPage();
  // Whose people have names in scripts that most systems have fonts for.
  await page.goto("integrations/api-logs?last=7d&bot=bot-leads,bot-clinic");
  // A call that somebody would open: one that failed, a little down the list.
  const failed = page.getByRole("grid").getByRole("row").filter({ hasText: /401|404|422|429/ });
  await failed.nth(1).click();
  // It opens with its cause.
  await page.getByRole("complementary", { name: "Call details" }).getByText("How we know").waitFor();
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  // The title of the panel has the focus; its ring is for those who use the keyboard.
  await page.evaluate(() => document.activeElement?.blur());
  mkdirSync("docs/pictures", { recursive: true });
  await page.screenshot({ path: FILE, animations: "disabled" });
  console.log(`${FILE}: ${statSync(FILE).size.toLocaleString("en-GB")} bytes`);
} finally {
  await browser.close();
  await server.stop();
}
