// How the page comes: compressed, cached, and allowed nothing that it does not need.

import { expect, test } from "./support/test.js";

test("the page comes in few small pieces, compressed and cached for good", async ({ logs, page }) => {
  const pieces = [];
  page.on("response", (response) => pieces.push(response));
  await logs.open();
  const own = pieces.filter((response) => response.url().startsWith("http"));
  const beforeRows = own.filter((response) => !/facets|histogram/.test(response.url()));
  expect(beforeRows.map((response) => response.url()).length).toBeLessThanOrEqual(8);
  for (const response of own.filter((response) => /\.(wasm|js|css)$/.test(new URL(response.url()).pathname))) {
    const headers = await response.allHeaders();
    expect(headers["content-encoding"], response.url()).toMatch(/br|gzip/);
    if (/-[0-9a-f]{16}/.test(response.url())) expect(headers["cache-control"]).toContain("immutable");
    if (response.url().endsWith(".wasm")) expect(headers["content-type"]).toBe("application/wasm");
  }
});

test("the content security policy has no exception for inline code", async ({ page }) => {
  const answer = await page.request.get("integrations/api-logs");
  const policy = answer.headers()["content-security-policy"];
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("style-src 'self'");
  expect(policy).not.toContain("unsafe-inline");
});

test("the session is out of reach of scripts", async ({ context, logs, page }) => {
  await logs.open();
  expect(await page.evaluate(() => document.cookie)).toBe("");
  const cookies = await context.cookies();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: expect.stringMatching(/Lax|Strict/) });
});
