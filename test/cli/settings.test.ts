import { createServer } from "node:http";
import { expect, test } from "vitest";
import { assertFree, listen } from "../../src/cli/listen.ts";
import { bindLocally } from "../../src/cli/local/bindings.ts";
import { readSettings } from "../../src/cli/local/settings.ts";
import { findFreePort } from "./free-port.ts";
import { runCommand } from "./run.ts";

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
    `port ${port} is taken by another program; set PORT to a free one`,
  );
  await close();
  await expect(assertFree(port, "PORT")).resolves.toBeUndefined();
});

test("start on a taken port ends with 1 and one sentence", async () => {
  const port = await findFreePort();
  const { close } = await listen(createServer(), port, "PORT");
  const { code, err } = await runCommand(["start"], { PORT: String(port), SINK_PORT: String(await findFreePort()) });
  await close();
  expect(code).toBe(1);
  expect(err).toBe(`hookswitch: port ${port} is taken by another program; set PORT to a free one\n`);
});

test("references are bound from the environment, else .dev.vars, else the demo's values", () => {
  const relay = JSON.stringify({ keys: ["env:A", "env:B", "env:DEMO_KEY", "env:NOWHERE", "env:EMPTY"] });
  const { values, missing } = bindLocally(
    relay,
    { port: 9000 },
    { A: "env", EMPTY: "", C: "c" },
    { A: "file", B: "file" },
  );
  expect(values).toEqual({
    A: "env",
    B: "file",
    EMPTY: "",
    DEMO_KEY: "demo-key",
    DEMO_SINK_SECRET: "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==",
    ADMIN_TOKEN: "dev-admin-token",
    PUBLIC_URL: "http://localhost:9000",
    ALLOW_PRIVATE_DESTINATIONS: "true",
  });
  expect(missing).toEqual(["NOWHERE", "EMPTY"]);
});
