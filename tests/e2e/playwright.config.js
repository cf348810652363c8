import { defineConfig } from "@playwright/test";

const NARROW = /narrow\.spec\.js|accessibility\.spec\.js/;
const DARK = /accessibility\.spec\.js|theme\.spec\.js/;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  outputDir: "results",
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  reporter: [["list"], ["./support/counting-reporter.js"]],
  use: {
    // A zone with a half hour and no summer time: what is shown in local time is told from what is UTC.
    timezoneId: "Asia/Kolkata",
    locale: "en-GB",
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    actionTimeout: 5_000,
    launchOptions: {
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
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } }, testIgnore: /narrow\.spec\.js/ },
    { name: "narrow", use: { viewport: { width: 390, height: 844 }, hasTouch: true }, testMatch: NARROW },
    { name: "dark", use: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }, testMatch: DARK },
  ],
});
