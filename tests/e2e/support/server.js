// One real server for one worker: its own port, its own data folder, gone afterwards.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const STANDING_CLOCK = fileURLToPath(new URL("standing-clock.c", import.meta.url));
const BINARY = process.env.SERVER;
const READY_WITHIN_MILLIS = 30_000;
const run = promisify(execFile);

export class Server {
  #process;
  #log = "";

  constructor(folder, port, { demo, keep, standingAt }) {
    this.folder = folder;
    this.port = port;
    this.flags = demo ? ["--demo"] : [];
    this.keep = keep;
    this.standingAt = standingAt;
    this.url = `http://127.0.0.1:${port}/`;
  }

  /**
   * A server that answers, on an empty data folder; `demo` fills it with the demo account. A `folder` that is named is kept.
   * `standingAt` is a time (milliseconds) at which its clock stands still.
   */
  static async start({ demo = false, folder, standingAt } = {}) {
    const data = folder ?? (await mkdtemp(join(tmpdir(), "api-logs-e2e-")));
    const server = new Server(data, await freePort(), { demo, keep: Boolean(folder), standingAt });
    if (standingAt !== undefined) await server.#buildClock();
    await server.resume();
    return server;
  }

  /** Starts the process on the present data, and waits until it answers. */
  async resume() {
    this.#process = spawn(BINARY, ["serve", ...this.flags], { env: this.#environment(), stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.#log += text));
    }
    const deadline = Date.now() + READY_WITHIN_MILLIS;
    while (!(await this.#isReady())) {
      if (this.#process.exitCode !== null) throw new Error(`the server ended at its start:\n${this.#log}`);
      if (Date.now() > deadline) throw new Error(`the server was not ready in time:\n${this.#log}`);
    }
  }

  /** Ends the process as an operator would, and leaves its data. */
  async pause() {
    if (this.#process.exitCode !== null) return;
    this.#process.kill("SIGTERM");
    await once(this.#process, "exit");
  }

  async stop() {
    await this.pause();
    if (!this.keep) await rm(this.folder, { recursive: true, force: true });
  }

  /** What the process has printed. */
  get log() {
    return this.#log;
  }

  /** Runs another command of the binary on the same data; answers what it printed. */
  async command(...words) {
    const { stdout } = await run(BINARY, words, { env: this.#environment() });
    return stdout;
  }

  /** A one-time link that signs a person in. */
  async signInLink({ account, role, bots, plan }) {
    const flags = ["--account", account, "--role", role, "--user", `the ${role} of ${account}`];
    if (bots) flags.push("--bots", bots.join(","));
    if (plan) flags.push("--plan", plan);
    const printed = await this.command("sign-in", ...flags);
    const link = printed.match(/https?:\/\/\S+/)?.[0];
    if (!link) throw new Error(`no link in what sign-in printed: ${printed}`);
    return link;
  }

  /** Sends calls as the platform does, and insists that every one was taken. */
  async send(account, calls) {
    const key = await this.#ingestKey(account);
    for (let from = 0; from < calls.length; from += 1_000) {
      const response = await fetch(new URL("api/v1/calls", this.url), {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(calls.slice(from, from + 1_000)),
      });
      const answer = await response.text();
      const { rejected } = response.ok ? JSON.parse(answer) : { rejected: [answer] };
      if (rejected.length > 0) throw new Error(`calls were not taken: ${JSON.stringify(rejected.slice(0, 3))}`);
    }
  }

  #keys = new Map();

  async #ingestKey(account) {
    if (!this.#keys.has(account)) {
      const printed = await this.command("key", "create", "--account", account);
      this.#keys.set(account, printed.trim().split(/\s+/).at(-1));
    }
    return this.#keys.get(account);
  }

  async #isReady() {
    try {
      return (await fetch(new URL("readyz", this.url))).ok;
    } catch {
      return new Promise((resolve) => setTimeout(resolve, 10, false));
    }
  }

  /** Builds what gives the server a clock that stands still. */
  async #buildClock() {
    this.clock = join(this.folder, "standing-clock.so");
    await run("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", this.clock, STANDING_CLOCK]);
  }

  #environment() {
    const clock = this.clock && { LD_PRELOAD: this.clock, STANDING_CLOCK_MILLIS: String(this.standingAt) };
    return {
      ...clock,
      PATH: process.env.PATH,
      API_LOGS_LISTEN: `127.0.0.1:${this.port}`,
      API_LOGS_DATA_DIR: this.folder,
      // Tests of large bodies send them as the platform does.
      API_LOGS_BODY_LIMIT_BYTES: String(2 ** 20),
    };
  }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
