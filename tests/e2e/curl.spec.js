// "Copy as cURL" copies a command that really sends the same request.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { BINARY_BODY, TRICKY_BODY } from "../fixtures/shop.js";
import { expect, test } from "./support/test.js";

const run = promisify(execFile);

/** Copies the command of a call out of the panel and lets bash run it; answers what the other side received. */
async function replay({ logs, page, echo }, call, folder) {
  await logs.open(`call=${call.id}`);
  await logs.panel.getByRole("button", { name: "Copy as cURL" }).click();
  await expect(logs.panel.getByText("Copied", { exact: true })).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/curl /);
  const already = echo.received.length;
  await run("bash", ["-c", command], { cwd: folder });
  expect(echo.received).toHaveLength(already + 1);
  return echo.received.at(-1);
}

test("quotes, newlines, dollars and unicode arrive as they were sent", async ({ echo, logs, page, shop }) => {
  const call = shop.find((call) => call.request?.url.includes("/tricky"));
  const received = await replay({ logs, page, echo }, call);
  expect(received.method).toBe("POST");
  expect(received.url).toBe("/tricky?q=it%27s&b=%22x%22");
  expect(received.headers["x-note"]).toBe(`it's "fine" $HOME`);
  expect(received.headers["content-type"]).toBe("application/json");
  expect(received.body.toString("utf8")).toBe(TRICKY_BODY);
});

test("bytes that are no text are not kept, and come from a file", async ({ echo, logs, page, shop }) => {
  const call = shop.find((call) => call.request?.url.includes("/binary"));
  const folder = await mkdtemp(join(tmpdir(), "api-logs-curl-"));
  try {
    await writeFile(join(folder, "body.bin"), BINARY_BODY);
    const received = await replay({ logs, page, echo }, call, folder);
    expect(received.method).toBe("PUT");
    expect(received.body).toEqual(BINARY_BODY);
    await expect(logs.panel).toContainText("Binary body, application/octet-stream, 11 bytes.");
  } finally {
    await rm(folder, { recursive: true });
  }
});
