import { fileURLToPath } from "node:url";

import { defineConfig } from "@playwright/test";

const NARROW = /narrow\.spec\.js|accessibility\.spec\.js/;
const VISUAL = /visual\.spec\.js/;
const DARK = /accessibility\.spec\.js|theme\.spec\.js/;

const launchOptions = {
  executablePath: process.env.CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** What makes a picture the same on every machine: its fonts, and how they are drawn. */
const pictureOptions = {
  ...launchOptions,
  args: [...launchOptions.args, "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
  env: { ...process.env, FONTCONFIG_FILE: fileURLToPath(new URL("support/fonts.conf", import.meta.url)) },
};

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  outputDir: "results",
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  // Edges may be drawn a little otherwise by another processor. A chip that is gone is a hundred times as much.
  expect: { timeout: 5_000, toHaveScreenshot: { threshold: 0.05, maxDiffPixels: 30 } },
  reporter: [["list"], ["./support/counting-reporter.js"]],
  use: {
    // A zone with a half hour and no summer time: what is shown in local time is told from what is UTC.
    timezoneId: "Asia/Kolkata",
    locale: "en-GB",
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    actionTimeout: 5_000,
    launchOptions,
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } }, testIgnore: [/narrow\.spec\.js/, VISUAL] },
    { name: "narrow", use: { viewport: { width: 390, height: 844 }, hasTouch: true }, testMatch: NARROW },
    { name: "dark", use: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }, testMatch: DARK },
    { name: "visual", use: { viewport: { width: 1100, height: 700 }, launchOptions: pictureOptions }, testMatch: VISUAL },
  ],
});
