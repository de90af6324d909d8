import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openStore } from "../../src/cli/local/runtime/worker.ts";
import { readDocuments } from "../../src/cli/local/state/documents.ts";
import { prepareState } from "../../src/cli/local/state/state.ts";
import { parseRelay } from "../../src/config/parse-relay.ts";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const settings = { port: 8787, sinkPort: 9001, state: join(folder, "state") };
const own = JSON.stringify({ sources: { mine: { vendor: "voiso", keys: ["env:MINE"] } } });

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test("the demo has one source of each vendor and a sink that wants everything", async () => {
  const { relay, permissions } = await readDocuments(settings);
  const parsed = parseRelay(relay.text, { allowPrivate: true });
  expect(parsed).toMatchObject({
    state: "valid",
    value: { destinations: { sink: { url: "http://127.0.0.1:9001/", events: ["*"], sources: ["*"] } } },
  });
  expect(Object.keys(parsed.state === "valid" ? parsed.value.sources : {})).toEqual(
    expect.arrayContaining(["vcc", "ucontact", "hcc", "voiso"]),
  );
  expect([...permissions.keys()]).toEqual(["vcc"]);
});

test("an own configuration comes without the demo's map", async () => {
  const documents = await readDocuments({ ...settings, config: write("own.json", own) });
  expect(documents.relay.text).toBe(own);
  expect(documents.permissions.size).toBe(0);
});

test("a missing file is named together with the variable", async () => {
  await expect(readDocuments({ ...settings, config: join(folder, "none.json") })).rejects.toThrow(
    /none\.json \(HOOKSWITCH_CONFIG\) cannot be read: there is no such file/,
  );
});

test("an invalid configuration is refused with the path of each fault", async () => {
  const bad = { sources: { a: { vendor: "acme", keys: ["env:A"] }, b: { vendor: "voiso", keys: [] } } };
  const config = write("bad.json", JSON.stringify(bad));
  await expect(readDocuments({ ...settings, config })).rejects.toThrow(
    /sources\.a\.vendor: .*\n {2}sources\.b\.keys: /,
  );
});

test("a faulty configuration is refused, too, also one that delivers to the relay itself", async () => {
  const destinations = {
    loop: { url: "http://127.0.0.1:8787/in/a", secrets: [] },
    broken: { url: "http://127.0.0.1:9000/", secrets: ["whsec_!!!"], headers: { "x-a": "env:ADMIN_TOKEN" } },
  };
  const config = write("faulty.json", JSON.stringify({ sources: {}, destinations }));
  await expect(readDocuments({ ...settings, config })).rejects.toThrow(
    /destinations\.loop\.url: itself.*\n {2}destinations\.broken\.secrets\.0: .*\n {2}destinations\.broken\.headers\.x-a: /,
  );
});

test("an invalid map is refused with its file and path", async () => {
  const permissions = mkdtempSync(join(folder, "maps-"));
  writeFileSync(join(permissions, "vcc.json"), '{"users":{"2":{"allow":7}}}');
  await expect(readDocuments({ ...settings, permissions })).rejects.toThrow(/vcc\.json .*\n {2}users\.2/);
});

test("start replaces what start put, keeps what was edited by hand, and an own file replaces even that", async () => {
  const state = join(folder, "state");
  const demo = await readDocuments(settings);
  expect((await prepareState(state, demo)).kept).toEqual([]);
  expect((await prepareState(state, demo)).kept).toEqual([]);

  const store = await openStore(state);
  const edited = JSON.stringify({ sources: {} });
  await (await store.getKVNamespace("CONFIG")).put("relay", edited);
  await store.dispose();
  expect(await prepareState(state, demo)).toEqual({
    relay: edited,
    kept: [{ binding: "CONFIG", key: "relay" }],
    replaced: [],
  });

  const mine = await readDocuments({ ...settings, config: write("mine.json", own) });
  expect(await prepareState(state, mine)).toEqual({
    relay: own,
    kept: [],
    replaced: [{ binding: "CONFIG", key: "relay", file: mine.relay.file }],
  });
  expect((await prepareState(state, mine)).replaced).toEqual([]);

  const hash = createHash("sha256").update(edited).digest("hex").slice(0, 16);
  const again = await openStore(state);
  await (await again.getKVNamespace("CONFIG")).put("relay", edited);
  await (await again.getD1Database("LOG"))
    .prepare("INSERT INTO document (name, version, hash, who, at, body) VALUES ('relay', 5, ?, 'api', 7, x'00')")
    .bind(hash)
    .run();
  await again.dispose();
  expect((await prepareState(state, mine)).replaced).toMatchObject([{ was: { version: 5, who: "api", at: 7 } }]);

  const after = await openStore(state);
  const maps = await (await after.getKVNamespace("PERMISSIONS")).list();
  const migrations = await (await after.getD1Database("LOG")).prepare("SELECT name FROM d1_migrations").all();
  await after.dispose();
  expect(maps.keys).toEqual([]);
  expect(migrations.results[0]).toEqual({ name: "0001_log.sql" });
});
