import { copyFileSync, mkdtempSync, renameSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findFreePort } from "../cli/free-port.ts";
import { root } from "../cli/run.ts";
import { runningIn, startNpm, until } from "./npm.ts";

/** A busy machine builds slowly. */
const PATIENCE_MS = 60_000;

const state = mkdtempSync(join(tmpdir(), "hookswitch-dev-"));
afterAll(() => rmSync(state, { recursive: true, force: true }));

test("npm run dev goes on with a new build when the source changes, and keeps its state", async () => {
  const port = await findFreePort();
  const environment = { PORT: String(port), SINK_PORT: String(await findFreePort()), HOOKSWITCH_STATE: state };
  const script = startNpm(["run", "dev"], environment);
  try {
    await until(script, PATIENCE_MS, () => script.output().includes("Watching src for changes"));
    const url = `http://localhost:${port}/in/ucontact?key=demo-key`;
    const body = '{"event":"AgentLog","date":"2026-00-20 09:00:00","agent":"nora","isLogin":true}';
    const sent = await fetch(url, { method: "POST", body });
    const { receipt } = await sent.json();
    await until(script, PATIENCE_MS, () => script.output().includes("agent/nora"));

    utimesSync(join(root, "src/index.ts"), new Date(), new Date());
    await until(script, PATIENCE_MS, () => script.output().includes("The Worker was built anew"));
    const headers = { authorization: "Bearer dev-admin-token" };
    const found = await fetch(`http://localhost:${port}/api/receipts/${receipt}`, { headers });
    expect(await found.json()).toMatchObject({ receipt, state: "event" });

    const builds = () => script.output().split("The Worker was built anew").length - 1;
    for (const count of [2, 3]) {
      saveByRenaming("src/problem.ts");
      await until(script, PATIENCE_MS, () => builds() === count);
    }
  } finally {
    process.kill(-script.pid, "SIGINT");
    await until(script, PATIENCE_MS, () => runningIn(script.pid).length === 0);
  }
});

/** As many editors do: the new file takes the place of the old one. */
function saveByRenaming(name: string): void {
  const file = join(root, name);
  copyFileSync(file, `${file}.saved`);
  renameSync(`${file}.saved`, file);
}
