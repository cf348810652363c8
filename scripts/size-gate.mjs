// Fails when the page has become too large to open quickly: the brotli bytes of all its code and styles.
// `node scripts/size-gate.mjs [FOLDER]`, after a release build.

import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";

const TARGET = 200_000;
// A little room above what it weighs; it may come down, and not go up.
const LIMIT = 262_000;
const COUNTED = [".wasm", ".js", ".css", ".html"];

const folder = process.argv[2] ?? "dist";
if (!existsSync(folder)) {
  console.error(`error: there is no built page in ${folder}`);
  process.exit(1);
}

let sum = 0;
for (const kind of COUNTED) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => extname(name) === kind);
  const bytes = files.reduce((bytes, name) => bytes + compressedSize(join(folder, name)), 0);
  console.log(`${kind.slice(1).padEnd(5)} ${bytes.toLocaleString("en-GB").padStart(9)} bytes brotli in ${files.length} file(s)`);
  if (files.length === 0) fail(`the page has no ${kind} file, so its size says nothing`);
  sum += bytes;
}

console.log(`sum   ${sum.toLocaleString("en-GB").padStart(9)} bytes brotli; target ${TARGET}, limit ${LIMIT}`);
if (sum > LIMIT) fail(`the page is ${sum - LIMIT} bytes over its limit: see what the last changes brought into the wasm`);
if (sum > TARGET) console.log(`warning: the page is ${sum - TARGET} bytes over its target`);

function compressedSize(path) {
  const compressed = `${path}.br`;
  return statSync(existsSync(compressed) ? compressed : path).size;
}

function fail(reason) {
  console.error(`error: ${reason}`);
  process.exit(1);
}
