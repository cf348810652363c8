import { chromium } from "@playwright/test";
const [,, path, out, w="1440", h="1000", scheme="light", action=""] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu"] });
const context = await browser.newContext({ storageState: "/tmp/diag-state.json", viewport: { width: +w, height: +h }, colorScheme: scheme, locale: "en-GB" });
const page = await context.newPage();
page.on("console", m => { if (m.type()==="error") console.log("console:", m.text()); });
page.on("pageerror", e => console.log("pageerror", e.message));
await page.goto("http://127.0.0.1:18431/" + path);
await page.getByRole("complementary").first().waitFor();
await page.waitForLoadState("networkidle");
if (action) { await eval(`(async()=>{${action}})()`); await page.waitForLoadState("networkidle"); await page.waitForTimeout(200); }
await page.screenshot({ path: out, animations: "disabled" });
await browser.close();
