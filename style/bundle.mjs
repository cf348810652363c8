// Joins style/**/*.css into one sheet, tokens first: they name the order of the layers, so the rest may come in any order.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const style = dirname(fileURLToPath(import.meta.url));
const output = join(style, "..", "target", "style", "api-logs.css");

const files = (await readdir(style, { recursive: true }))
  .filter((file) => file.endsWith(".css"))
  .sort((one, other) => (other === "tokens.css") - (one === "tokens.css") || (one < other ? -1 : 1));
const sheets = await Promise.all(files.map((file) => readFile(join(style, file), "utf8")));
const css = sheets
  .join("\n")
  .replace(/\/\*[^]*?\*\//g, "")
  .replace(/\s+/g, " ")
  .replace(/ ?([{};,]) ?/g, "$1")
  .replace(/;}/g, "}");

await mkdir(dirname(output), { recursive: true });
// Written only when it changed: trunk watches, and would build for ever.
const before = await readFile(output, "utf8").catch(() => "");
if (before !== css) await writeFile(output, css);
