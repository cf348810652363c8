// Writes a .br and a .gz beside every text and wasm file of the built page, so that the server sends bytes that were
// compressed once and well. Trunk calls it after a release build; `node scripts/precompress.mjs FOLDER` does by hand.

import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const COMPRESSED = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm"]);
/** Below this a response is a packet or two anyway. */
const SMALLEST = 256;

if (process.env.TRUNK_PROFILE === "debug") process.exit(0);

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("error: name the folder, or let Trunk set TRUNK_STAGING_DIR");
  process.exit(1);
}

const rows = filesBelow(folder).map((path) => {
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzip);
  return { file: relative(folder, path), plain: bytes.length, brotli: brotli.length, gzip: gzip.length };
});

rows.sort((a, b) => b.brotli - a.brotli);
console.log("   brotli     gzip    plain  file");
for (const { file, plain, brotli, gzip } of rows) {
  console.log([brotli, gzip, plain].map((bytes) => String(bytes).padStart(9)).join("") + `  ${file}`);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => COMPRESSED.has(extname(path)) && statSync(path).isFile() && statSync(path).size >= SMALLEST);
}
