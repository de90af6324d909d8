import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-send-"));
const standard = "whsec_aG9va3N3aXRjaC10ZXN0LXNlbmQtc2VjcmV0LTMyYnk=";
const hub = { algorithm: "sha256", header: "x-hub-signature-256", encoding: "hex", prefix: "sha256=" };
const shared = {
  algorithm: "sha512",
  header: "x-sig",
  encoding: "base64",
  prefix: "v1=",
  timestamp: { header: "X-Sig", prefix: "t=" },
};
const apart = {
  algorithm: "sha1",
  header: "x-sig",
  encoding: "hex",
  timestamp: { header: "x-time", template: "v0:{timestamp}:{body}" },
};
const generic = (settings: object) => ({ vendor: "generic", keys: ["env:HS_SEND_KEY"], ...settings });
const sources = {
  hub: generic({ signature: hub }),
  shared: generic({ signature: shared }),
  apart: generic({ signature: apart }),
  standard: { vendor: "generic", keys: ["env:HS_SEND_WHSEC"], signature: "standard-webhooks" },
  header: generic({ auth: { in: "header", name: "x-own", prefix: "Token" } }),
  basic: { vendor: "generic", keys: ["env:HS_SEND_BASIC"], auth: { in: "basic" } },
  path: generic({ auth: [{ in: "path" }, { in: "query" }] }),
  body: generic({ auth: { in: "body", name: "pass" } }),
  vcc: { vendor: "vcc-live", keys: ["env:HS_SEND_KEY"] },
};
const keys = { HS_SEND_KEY: "canary 5b1d0c4e/9f7a", HS_SEND_WHSEC: standard, HS_SEND_BASIC: "user:canary-9f7a0c11" };
const map = {
  users: { "41": { allow: [7] } },
  usernames: { nora_k: { allow: [11] } },
  groups: { "3": { allow: [12] } },
};
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  Object.assign(process.env, keys);
  relay = await openRelay({ sources }, { vcc: map });
}, 60_000);
afterAll(async () => {
  for (const name of Object.keys(keys)) delete process.env[name];
  await relay.close();
  rmSync(folder, { recursive: true });
});

const keyOf = (source: string) => {
  if (source === "standard") return standard;
  return source === "basic" ? keys.HS_SEND_BASIC : keys.HS_SEND_KEY;
};
const send = (...args: string[]) => {
  const key = keyOf(args[args.indexOf("--source") + 1] ?? "");
  return runCommand(["send", ...args, "--url", relay.url, "--key", key], { ADMIN_TOKEN: relay.adminToken });
};

describe("send", () => {
  test.each(["hub", "shared", "apart", "standard", "header", "basic", "path", "body"])(
    "proves a webhook as the source %s wants it",
    async (source) => {
      const { code, out, err } = await send("generic", "call-ended", "--source", source);
      expect([code, out, err]).toEqual([0, expect.stringMatching(/^200 \{"receipt":"rcpt_/), ""]);
    },
  );

  test("signs a body of one's own, byte for byte, under the kind that is named", async () => {
    const file = join(folder, "own.json");
    writeFileSync(file, '{ "a": 1.50,\n  "b": "é" }');
    const { code, out } = await send("generic", "my-kind", "--source", "hub", "--body", file);
    expect([code, out]).toEqual([0, expect.stringContaining("rcpt_")]);
    const [, receipt = ""] = /"receipt":"(\w+)"/.exec(out) ?? [];
    const read = async () => {
      const headers = { authorization: `Bearer ${relay.adminToken}` };
      return (await fetch(`${relay.url}/api/events/${receipt}`, { headers })).text();
    };
    await expect.poll(read, { timeout: 20_000 }).toContain('"vendorevent":"my-kind"');
    expect(await read()).toContain("1.50");
    writeFileSync(file, "[1]");
    expect((await send("generic", "--source", "hub", "--body", file)).err).toContain("own.json is no JSON object");
  });

  test("asks as the agent that is named", async () => {
    const ask = async (...args: string[]) => (await send("vcc-live", "project-login", ...args)).out;
    expect(await ask("--user", "41", "--projects", "7,11")).toBe('200 {"7":true,"11":false}\n');
    expect(await ask("--username", "Nora_K", "--projects", "7,11")).toBe('200 {"7":false,"11":true}\n');
    expect(await ask("--user", "9", "--group", "3", "--projects", "12")).toBe('200 {"12":true}\n');
    const wrong = await send("vcc-live", "user", "--user", "41");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("those of a login question")]);
  });

  test("takes how a source is proved, and its key, from one's own configuration", async () => {
    const file = join(folder, "own-relay.json");
    writeFileSync(file, JSON.stringify({ sources }));
    const args = ["send", "generic", "call-ended", "--source", "hub", "--config", file, "--url", relay.url];
    expect((await runCommand(args)).code).toBe(0);
  });

  test("sends no key where nobody knows whether it is the secret of a signature", async () => {
    const args = [
      "send",
      "generic",
      "call-ended",
      "--source",
      "hub",
      "--key",
      "canary",
      "--url",
      "https://relay.example.com",
    ];
    const { code, err } = await runCommand(args);
    expect([code, err]).toEqual([1, expect.stringContaining("only its configuration tells whether hub signs")]);
  });

  test("says that the demo's key was used, and not whose secret is wrong", async () => {
    const args = ["send", "generic", "call-ended", "--source", "hub", "--url", relay.url];
    const { code, err } = await runCommand(args, { ADMIN_TOKEN: relay.adminToken });
    expect([code, err]).toEqual([1, expect.stringContaining("hub does not take the demo's key, which was used")]);
    const named = await runCommand([...args, "--key", "wrong"], { ADMIN_TOKEN: relay.adminToken });
    expect(named.err).toContain("hub does not take this key");
  });
});

describe("url", () => {
  const file = join(folder, "relay.json");
  const ask = (...args: string[]) => {
    writeFileSync(file, JSON.stringify({ sources }));
    return runCommand(["url", ...args, "--config", file, "--base", "https://relay.example.com"]);
  };

  test("tells how a source is signed, and never its secret", async () => {
    const signed = await ask("hub");
    expect([signed.out, signed.err]).toEqual([
      "https://relay.example.com/in/hub\n",
      "signed: x-hub-signature-256, sha256, hex, after sha256=\n",
    ]);
    expect((await ask("apart")).err).toBe(
      "signed: x-sig, sha1, hex; time in x-time, signed as v0:{timestamp}:{body}\n",
    );
    expect((await ask("standard")).err).toBe("signed: webhook-signature, Standard Webhooks\n");
    for (const id of ["hub", "shared", "apart", "standard"]) {
      const { out, err } = await ask(id, "--json");
      expect(out + err).not.toMatch(/canary|whsec_/);
    }
  });

  test("has the key of the environment in it, and --all every kind with the place in the vendor", async () => {
    expect((await ask("vcc", "user")).out).toBe(
      "https://relay.example.com/in/vcc/user?secret-key=canary%205b1d0c4e%2F9f7a\n",
    );
    const { out } = await ask("vcc", "--all", "--key", "k");
    expect(out).toMatch(/^vcc {2}VCC Live: Global Webhooks, or those of a project\n {2}project-login +https/);
    expect(out).toContain("  ticket-status        https://relay.example.com/in/vcc/ticket-status?secret-key=k\n");
    const all = await ask("--all", "--json");
    const rows: { source: string }[] = JSON.parse(all.out);
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(Object.keys(sources)));
    expect((await ask("--all")).out).toContain("hub  signed: x-hub-signature-256");
    expect((await ask()).code).toBe(2);
    expect((await ask("vcc", "user", "--all")).code).toBe(2);
  });
});
