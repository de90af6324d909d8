import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assertFree, listen } from "../../src/cli/listen.ts";
import { bindLocally } from "../../src/cli/local/bindings.ts";
import { readSettings } from "../../src/cli/local/settings.ts";
import { keepRelayKey } from "../../src/cli/local/state/relay-key.ts";
import { findFreePort } from "./free-port.ts";
import { runProgram } from "./run.ts";

test("without any variable the usual ports and the folder of wrangler's state are taken", () => {
  expect(readSettings({})).toMatchObject({
    port: 8787,
    sinkPort: 8788,
    state: expect.stringMatching(/\.wrangler\/state$/),
  });
});

test.each(["0", "65536", "http", "80.5"])("PORT=%s is refused", (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(`PORT is "${PORT}"; it has to be a port number from 1 to 65535`);
});

test("relay and sink cannot share a port", () => {
  expect(() => readSettings({ PORT: "9000", SINK_PORT: "9000" })).toThrow("PORT and SINK_PORT are both 9000");
});

test("a taken port is named together with the variable that changes it", async () => {
  const port = await findFreePort();
  const { close } = await listen(createServer(), port, "PORT");
  await expect(assertFree(port, "PORT")).rejects.toThrow(
    `port ${port} is taken by node (process ${process.pid}); set PORT to a free one`,
  );
  await close();
  await expect(assertFree(port, "PORT")).resolves.toBeUndefined();
});

test("start on a taken port ends with 1 and one sentence", async () => {
  const port = await findFreePort();
  const { close } = await listen(createServer(), port, "PORT");
  const { code, err } = await runProgram(["start"], { PORT: String(port), SINK_PORT: String(await findFreePort()) });
  await close();
  expect(code).toBe(1);
  expect(err).toBe(`hookswitch: port ${port} is taken by node (process ${process.pid}); set PORT to a free one\n`);
});

test("references are bound from the environment, else .dev.vars, else the demo's values", () => {
  const relay = JSON.stringify({ keys: ["env:A", "env:B", "env:DEMO_KEY", "env:NOWHERE", "env:EMPTY"] });
  const environment = { A: "env", EMPTY: "", C: "c" };
  const { values, missing } = bindLocally(
    relay,
    { port: 9000 },
    { environment, declared: { A: "file", B: "file" }, relayKey: "made" },
  );
  expect(values).toEqual({
    A: "env",
    B: "file",
    EMPTY: "",
    DEMO_KEY: "demo-key",
    DEMO_SINK_SECRET: "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==",
    ADMIN_TOKEN: "dev-admin-token",
    RELAY_KEY: "made",
    PUBLIC_URL: "http://localhost:9000",
    ALLOW_PRIVATE_DESTINATIONS: "true",
  });
  expect(missing).toEqual(["NOWHERE", "EMPTY"]);
});

test.each([
  [{ RELAY_KEY: "env", RELAY_KEY_PREVIOUS: "before" }, {}, "env", "before"],
  [{}, { RELAY_KEY: "file" }, "file", undefined],
  [{ RELAY_KEY: "env" }, { RELAY_KEY: "file" }, "env", undefined],
])("the key of ids is the environment's, else that of .dev.vars, else the one made here: %j %j", (...row) => {
  const [environment, declared, key, previous] = row;
  const { values } = bindLocally("{}", { port: 9000 }, { environment, declared, relayKey: "made" });
  expect([values.RELAY_KEY, values.RELAY_KEY_PREVIOUS]).toEqual([key, previous]);
});

test("a state makes its key of ids once, and nobody else may read it", () => {
  const state = mkdtempSync(join(tmpdir(), "hookswitch-state-"));
  const [one, other] = [join(state, "one"), join(state, "other")];
  const key = keepRelayKey(one);
  expect(Buffer.from(key, "base64")).toHaveLength(32);
  expect(statSync(join(one, "relay-key")).mode & 0o777).toBe(0o600);
  expect(keepRelayKey(one)).toBe(key);
  expect(keepRelayKey(other)).not.toBe(key);
  rmSync(state, { recursive: true });
});
