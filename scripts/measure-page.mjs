// Measures the real page in Chromium: a release server with 100,000 calls, opened cold, filtered, clicked and scrolled.
//
//   node scripts/measure-page.mjs [--calls 100000] [--runs 7] [--store FOLDER] [--into FILE.json]
//
// Prints a table; with --into also adds its figures to a JSON file, under "page". A million calls take minutes to store:
// --store keeps them in a folder, and uses those that are there. They are kept for seven days, and lie in the last six.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { benchCalls } from "../tests/fixtures/bench.js";
import { Server } from "../tests/e2e/support/server.js";
import { signIn } from "../tests/e2e/support/sign-in.js";

const { values: options } = parseArgs({
  options: {
    calls: { type: "string", default: "100000" },
    runs: { type: "string", default: "7" },
    into: { type: "string" },
    store: { type: "string" },
  },
});
const CALLS = Number(options.calls);
const RUNS = Number(options.runs);
const PATH = "integrations/api-logs";
const VIEWPORT = { width: 1440, height: 900 };
const SLOW = { cpu: 4, latency: 60, bytesPerSecond: 9_000_000 / 8 };
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Texts of one call, of one in fifty, of some and of none, each followed by no search. */
const SEARCHES = ["orders/424242", "", "shop-17.example", "", "user:\"User 500\"", "", "code:404 b-3", "", "nosuchwordanywhere", ""];
/** How often a filter is changed and a call opened: enough that what stays behind each time shows. */
const TURNS = 200;

const server = await Server.start({ folder: options.store });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGUMENTS });
try {
  const stored = await store();
  const storageState = await signIn(server, { account: "bench", role: "owner" });

  process.stderr.write("opening the page ...\n");
  const cold = await repeated(RUNS, () => openCold(storageState));
  const slow = await repeated(RUNS, () => openCold(storageState, SLOW));
  process.stderr.write("filtering, clicking and scrolling ...\n");
  const use = await useThePage(storageState);

  const figures = {
    calls: CALLS,
    stored_per_second: stored,
    runs: RUNS,
    transferred_bytes: median(cold.map((run) => run.bytes)),
    transferred_bytes_by_file: cold[0].byFile,
    requests_to_first_rows: median(cold.map((run) => run.requests)),
    first_rows_ms: median(cold.map((run) => run.firstRows)),
    first_rows_throttled_ms: median(slow.map((run) => run.firstRows)),
    ...use,
  };
  console.log(table(figures));
  if (options.into) {
    const known = existsSync(options.into) ? JSON.parse(readFileSync(options.into, "utf8")) : {};
    writeFileSync(options.into, `${JSON.stringify({ ...known, page: figures }, null, 2)}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
}

/** Stores the calls, unless the folder has them; answers how many a second were taken. */
async function store() {
  const mark = options.store && join(options.store, `${CALLS}-calls.json`);
  if (mark && existsSync(mark)) return JSON.parse(readFileSync(mark, "utf8")).stored_per_second;
  process.stderr.write(`storing ${CALLS} calls ...\n`);
  const began = performance.now();
  for (const batch of benchCalls(Date.now(), CALLS)) await server.send("bench", batch);
  const stored_per_second = Math.round(CALLS / ((performance.now() - began) / 1_000));
  if (mark) writeFileSync(mark, JSON.stringify({ stored_per_second }));
  return stored_per_second;
}

/** Opens the page with an empty cache; answers when the first rows were painted, and what had come by then. */
async function openCold(storageState, slow) {
  const context = await browser.newContext({ storageState, baseURL: server.url, viewport: VIEWPORT });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send("Network.enable");
  if (slow) {
    await protocol.send("Emulation.setCPUThrottlingRate", { rate: slow.cpu });
    const { latency, bytesPerSecond } = slow;
    await protocol.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond });
  }
  const addresses = new Map();
  protocol.on("Network.responseReceived", ({ requestId, response }) => addresses.set(requestId, response.url));
  const finished = [];
  protocol.on("Network.loadingFinished", ({ encodedDataLength, requestId }) => finished.push({ encodedDataLength, requestId }));
  await page.addInitScript(watchForRows);
  await page.goto(PATH, { waitUntil: "commit" });
  const firstRows = await page.waitForFunction(() => window.firstRows).then((handle) => handle.jsonValue());
  const [bytes, requests] = [finished.reduce((sum, one) => sum + one.encodedDataLength, 0), finished.length];
  const byFile = Object.fromEntries(finished.map((one) => [nameOf(addresses.get(one.requestId)), one.encodedDataLength]));
  await context.close();
  return { firstRows, bytes, requests, byFile };
}

/** The path of an address, without what changes with every build and every question. */
function nameOf(address) {
  return new URL(address).pathname.replace(/-[0-9a-f]{12,16}(?=[._])/, "");
}

/** Works with one page as a person does, and times every step from the press to the paint. */
async function useThePage(storageState) {
  const context = await browser.newContext({ storageState, baseURL: server.url, viewport: VIEWPORT });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await page.addInitScript(watchForRows);
  await page.addInitScript(watchTasksAndMemory);
  await page.goto(PATH);
  await page.waitForFunction(() => window.firstRows);
  await page.waitForLoadState("networkidle");
  const afterLoad = await memoryOf(page, protocol);
  await page.evaluate(() => (window.longTasks.length = 0));
  await page.evaluate(installStopwatch);

  const filters = [];
  while (filters.length < TURNS) {
    for (const name of ["Application", "Request type", "Response status"]) filters.push(...(await changeFilter(page, name, TURNS - filters.length)));
  }
  const afterFilters = await memoryOf(page, protocol);

  const searches = [];
  for (const text of SEARCHES) searches.push(await page.evaluate((text) => window.stopwatch.search(text), text));

  const opened = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    opened.push(await page.evaluate((turn) => window.stopwatch.open(turn % 12), turn));
  }
  const longTasks = await page.evaluate(() => window.longTasks);
  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: "Call details" }).waitFor({ state: "hidden" });
  const afterCalls = await memoryOf(page, protocol);

  const scroll = await page.evaluate(() => window.stopwatch.scroll(10_000));
  const violations = await page.evaluate(() => window.policyViolations);
  await context.close();
  return {
    filter_changes: filters.length,
    filter_p50_ms: quantile(filters, 0.5),
    filter_p95_ms: quantile(filters, 0.95),
    searches: searches.length,
    search_p50_ms: quantile(searches, 0.5),
    search_p95_ms: quantile(searches, 0.95),
    detail_opened: opened.length,
    detail_p50_ms: quantile(opened, 0.5),
    detail_p95_ms: quantile(opened, 0.95),
    long_tasks: longTasks.length,
    longest_task_ms: Math.round(Math.max(0, ...longTasks)),
    scroll_frame_p50_ms: quantile(scroll.frames, 0.5),
    scroll_frame_p95_ms: quantile(scroll.frames, 0.95),
    scroll_most_elements: scroll.mostElements,
    policy_violations: violations.length,
    after_load: afterLoad,
    after_filter_changes: afterFilters,
    after_opened_calls: afterCalls,
  };
}

/** Ticks every value of a filter and unticks it again, at most so many changes; answers what each took. */
async function changeFilter(page, name, most) {
  const changes = [];
  await page.getByRole("button", { name: new RegExp(`^${name}\\b`) }).click();
  const boxes = page.getByRole("group", { name: new RegExp(name) }).getByRole("checkbox");
  for (let index = 0; index < (await boxes.count()); index += 1) {
    if (changes.length >= most) break;
    for (const _ of ["on", "off"]) {
      const box = await boxes.nth(index).elementHandle();
      changes.push(await page.evaluate((box) => window.stopwatch.filter(box), box));
      // A handle keeps its element, and with it the whole menu that the page has given up.
      await box.dispose();
    }
  }
  await page.keyboard.press("Escape");
  return changes;
}

async function memoryOf(page, protocol) {
  await protocol.send("HeapProfiler.collectGarbage");
  await protocol.send("Performance.enable");
  const { metrics } = await protocol.send("Performance.getMetrics");
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  const wasm_memory_bytes = await page.evaluate(() => window.wasmMemory?.buffer.byteLength ?? null);
  return { js_heap_bytes: metric("JSHeapUsedSize"), wasm_memory_bytes, nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

// The functions below run in the page.

function watchForRows() {
  const look = () => {
    if (document.querySelector('[role="grid"] a[href*="call="]')) {
      requestAnimationFrame(() => setTimeout(() => (window.firstRows = performance.now())));
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}

function watchTasksAndMemory() {
  window.policyViolations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.policyViolations.push(event.violatedDirective));
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...parts) => {
      const result = await original.apply(WebAssembly, parts);
      window.wasmMemory = (result.instance ?? result).exports.memory;
      return result;
    };
  }
}

function installStopwatch() {
  // Where nothing matches there is no grid, and afterwards another one.
  const grid = () => document.querySelector('[role="grid"]');
  const rows = () => [...(grid()?.querySelectorAll('a[href*="call="]') ?? [])];
  const ids = () => rows().map((link) => new URL(link.href).searchParams.get("call")).slice(0, 10);
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const until = (holds) =>
    new Promise((done, failed) => {
      const deadline = performance.now() + 10_000;
      const look = () => {
        if (holds()) done();
        else if (performance.now() > deadline) failed(new Error("the page did not get there in ten seconds"));
        else requestAnimationFrame(look);
      };
      look();
    });
  const rightIds = async () => {
    const filters = new URLSearchParams(location.search);
    filters.delete("call");
    filters.set("limit", "10");
    const answer = await fetch(new URL(`api/v1/calls?${filters}`, document.baseURI));
    return (await answer.json()).items.map((call) => call.id);
  };
  /** What a change takes until the rows are painted; which rows are right is asked afterwards. */
  const rowsAfter = async (change) => {
    const before = location.search;
    const shown = [];
    const began = performance.now();
    let watching = true;
    const watch = async () => {
      while (watching) shown.push({ at: await painted(), ids: ids().join(), busy: grid()?.getAttribute("aria-busy") === "true" });
    };
    change();
    const watched = watch();
    await until(() => location.search !== before);
    const right = (await rightIds()).join();
    await until(() => ids().join() === right && grid()?.getAttribute("aria-busy") !== "true");
    await painted();
    watching = false;
    await watched;
    return shown.find((frame) => frame.ids === right && !frame.busy).at - began;
  };
  window.stopwatch = {
    /** From the press on a checkbox to the painted rows. */
    filter: (box) => rowsAfter(() => box.click()),
    /** From the last letter of a search to the painted rows. */
    search(text) {
      const box = document.querySelector("input[type=search]");
      return rowsAfter(() => {
        box.value = text;
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      });
    },
    /** From the press on a row to its painted request. */
    async open(index) {
      const link = rows()[index];
      const address = new URL(link.href);
      const id = address.searchParams.get("call");
      const part = `/orders/${parseInt(id.slice(-12), 16)}'`;
      const began = performance.now();
      link.click();
      await until(() => document.querySelector('#call-details [role="tabpanel"]')?.textContent.includes(part));
      return (await painted()) - began;
    },
    /** Scrolls past so many rows, a screen a frame. */
    async scroll(count) {
      let scroller = grid();
      const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight;
      for (const element of [grid(), ...grid().querySelectorAll("*")]) if (scrolls(element)) { scroller = element; break; }
      while (!scrolls(scroller) && scroller.parentElement) scroller = scroller.parentElement;
      const height = rows()[0].closest('[role="row"]').offsetHeight;
      const frames = [];
      let mostElements = 0;
      let last = performance.now();
      for (let passed = 0; passed < count; passed += 20) {
        scroller.scrollTop += 20 * height;
        await new Promise((done) => requestAnimationFrame(done));
        const now = performance.now();
        frames.push(now - last);
        last = now;
        mostElements = Math.max(mostElements, document.querySelectorAll("*").length);
      }
      return { frames, mostElements };
    },
  };
}

// Figures.

async function repeated(times, run) {
  const results = [];
  for (let turn = 0; turn < times; turn += 1) results.push(await run());
  return results;
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] * 10) / 10;
}

function median(values) {
  return Math.round(quantile(values, 0.5));
}

function table(figures) {
  const megabytes = (bytes) => (bytes / 1_048_576).toFixed(1);
  const memory = ({ js_heap_bytes, wasm_memory_bytes, nodes, listeners }) =>
    `${megabytes(js_heap_bytes)} + ${megabytes(wasm_memory_bytes ?? 0)} MB, ${nodes} nodes, ${listeners} listeners`;
  const within = figures.calls > 100_000 ? "p95 120 ms" : "p95 60 ms";
  const stored = `${figures.calls.toLocaleString("en-GB")} calls stored`;
  const rows = [
    ["bytes transferred to first rows", figures.transferred_bytes.toLocaleString("en-GB"), ""],
    ...Object.entries(figures.transferred_bytes_by_file).map(([name, bytes]) => [`of them \`${name}\``, bytes.toLocaleString("en-GB"), ""]),
    ["requests to first rows", figures.requests_to_first_rows, "8"],
    ["first rows, cold", `${figures.first_rows_ms} ms`, "450 ms"],
    ["first rows, cold, CPU 4 times slower, 9 Mbps, 60 ms", `${figures.first_rows_throttled_ms} ms`, "1,500 ms"],
    [`filter to right rows, ${stored}, ${figures.filter_changes} changes`, `p50 ${figures.filter_p50_ms}, p95 ${figures.filter_p95_ms} ms`, within],
    [`search to right rows, ${figures.searches} changes`, `p50 ${figures.search_p50_ms}, p95 ${figures.search_p95_ms} ms`, within],
    [`click to detail, ${figures.detail_opened} calls`, `p50 ${figures.detail_p50_ms}, p95 ${figures.detail_p95_ms} ms`, "p95 40 ms"],
    ["long tasks while filtering and clicking", `${figures.long_tasks}, the longest ${figures.longest_task_ms} ms`, "0"],
    ["scrolling 10,000 rows", `frame p50 ${figures.scroll_frame_p50_ms}, p95 ${figures.scroll_frame_p95_ms} ms, at most ${figures.scroll_most_elements} elements`, "p95 16.7 ms"],
    ["JS heap and wasm memory after load", memory(figures.after_load), "10 MB"],
    [`the same after ${figures.filter_changes} changes of filters`, memory(figures.after_filter_changes), ""],
    [`the same after ${figures.detail_opened} opened calls besides`, memory(figures.after_opened_calls), ""],
    ["violations of the content security policy", figures.policy_violations, "0"],
  ];
  return ["| page | measured | target |", "|---|---|---|", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}
