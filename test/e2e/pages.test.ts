import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { LocalRelay } from "../../src/cli/local/open.ts";
import type { Arrival } from "../../src/cli/sink/arrival.ts";
import { findFreePort } from "../cli/free-port.ts";
import { root } from "../cli/run.ts";
import { readCode } from "../project/docs/read-code.ts";
import { openBuiltRelay } from "./relay.ts";

const run = promisify(execFile);
const state = mkdtempSync(join(tmpdir(), "hookswitch-pages-"));
const arrivals: Arrival[] = [];
let port: number;
let relay: LocalRelay;

beforeAll(async () => {
  port = await findFreePort();
  const settings = { port, sinkPort: await findFreePort(), state };
  relay = await openBuiltRelay(settings, { onArrival: (arrival) => arrivals.push(arrival) });
}, 120_000);

afterAll(async () => {
  await relay.close();
  rmSync(state, { recursive: true, force: true });
});

/** What the commands of the pages bring to the sink, in any order. */
const pages = [
  ["vcc-live", ["call.dispositioned", "login.decided", "sync.answered", "sync.answered", "ticket.updated"]],
  ["ucontact", ["agent.logged_in", "agent.status_changed"]],
  ["intelligent-contacts", ["call.completed", "compliance.blocked"]],
  ["voiso", ["agent.status_changed", "call.answered", "call.completed"]],
] as const;

describe("the commands of docs/vendors", () => {
  test.each(pages)(
    "%s.md work against npm start",
    async (vendor, types) => {
      const commands = readCode(`docs/vendors/${vendor}.md`, "sh");
      const environment = { ...process.env, NO_COLOR: "1", PORT: String(port), UCONTACT_KEY: "demo-key" };
      for (const command of commands) {
        const here = command.replaceAll("http://localhost:8787", `http://localhost:${port}`);
        const { stdout } = await run("sh", ["-c", here], { cwd: root, env: environment });
        expect(stdout, command).toMatch(
          /"receipt":"rcpt_|^\{"1":true,"2":true,"3":false\}|^https:\/\/relay\.example\.com|"(?:next|uniqueId)": "/,
        );
      }
      await vi.waitUntil(() => arrivals.length >= types.length, { timeout: 60_000, interval: 100 });
      const arrived = arrivals.splice(0);
      expect(arrived.map(({ type }) => type).sort()).toEqual([...types]);
      expect(arrived.every(({ signature }) => signature === "valid")).toBe(true);
    },
    120_000,
  );
});
