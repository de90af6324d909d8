import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scene } from "./scene.ts";

const QUEUES = ["hookswitch-events", "hookswitch-retries", "hookswitch-dead"];
const CONSUMED = Object.fromEntries(QUEUES.map((queue) => [queue, ["hookswitch"]]));
const ADDRESS = "https://hookswitch.acme.workers.dev";

/** Each test goes on where the one before it ended. */
describe("an account, from nothing on", () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await new Scene().open();
    scene.folder.write(".dev.vars", 'VCC_KEY="k-of-vcc"\nUNUSED="x"\n');
    const acme = { vendor: "vcc-live", keys: ["env:VCC_KEY"] };
    scene.folder.write("relay.json", JSON.stringify({ sources: { acme } }));
    mkdirSync(join(scene.folder.path, "permissions"));
    scene.folder.write("permissions/acme.json", JSON.stringify({ default: { allow: "*" } }));
  });
  afterAll(() => scene.close());

  it("is told what would be made, and nothing is", async () => {
    const { code, out, changes } = await scene.deploy("--dry-run");
    expect([code, changes]).toEqual([0, []]);
    expect(out).toMatch(/\+ {2}D1 database +hookswitch-log/);
    expect(out).toMatch(/\+ {2}secret +VCC_KEY/);
  });

  it("gets everything, the tables before the code, with its first documents", async () => {
    const { code, err, out, changes } = await scene.deploy("--yes");
    expect([code, err]).toEqual([0, ""]);
    expect(scene.titles()).toEqual(["hookswitch-config", "hookswitch-permissions"]);
    expect(scene.migrations()).toEqual({ "hookswitch-log": ["0001_log.sql"] });
    expect(scene.consumers()).toEqual(CONSUMED);
    expect(scene.cloud.worker("hookswitch")).toMatchObject({ crons: [{ cron: "* * * * *" }], isOpen: true });
    const at = (what: string) => changes.findIndex((change) => change.startsWith(what));
    const migrated = changes.findLastIndex((change) => change.endsWith("/query"));
    expect(migrated).toBeGreaterThan(at("POST d1/database"));
    expect(at("PUT workers/scripts/hookswitch")).toBeGreaterThan(migrated);
    const bindings = scene.bindings();
    expect(bindings.get("PUBLIC_URL")).toMatchObject({ type: "secret_text", text: ADDRESS });
    expect(bindings.get("VCC_KEY")).toMatchObject({ type: "secret_text", text: "k-of-vcc" });
    expect([...bindings.keys()]).not.toContain("UNUSED");
    expect(out).toContain(`ADMIN_TOKEN=${bindings.get("ADMIN_TOKEN")?.text}`);
    expect(out).toContain(`RELAY_KEY=${bindings.get("RELAY_KEY")?.text}`);
    expect(Buffer.from(bindings.get("RELAY_KEY")?.text ?? "", "base64").length).toBe(32);
    expect(out).not.toContain("k-of-vcc");
    const keys = [...scene.cloud.namespaces.values()].map(({ values }) => [...values.keys()]);
    expect(keys).toEqual([["relay"], ["acme"]]);
    expect(out).toContain(`${ADDRESS}/in/acme/project-login?secret-key=<VCC_KEY>`);
    expect(out).toContain("docs/vendors/vcc-live.md");
  });

  it("is not changed by the same again, nor by other first documents and secrets", async () => {
    scene.folder.write(".dev.vars", 'VCC_KEY="another"\nOTHER="x"\n');
    scene.folder.write("relay.json", '{"sources":{"other":{"vendor":"nobody","keys":["env:OTHER"]}}}');
    const { code, out, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([0, []]);
    expect(out).toContain("Nothing to do");
    expect(out).not.toContain("ADMIN_TOKEN=");
    expect(out).toContain(`${ADDRESS}/in/acme/user?`);
  });

  it("moves to another address when it is told to, and no other secret is touched", async () => {
    const secrets = ["ADMIN_TOKEN", "RELAY_KEY"].map((name) => scene.bindings().get(name));
    expect((await scene.deploy("--yes", "--url", "https://hooks.example.com/")).code).toBe(0);
    expect(scene.bindings().get("PUBLIC_URL")?.text).toBe("https://hooks.example.com");
    expect(["ADMIN_TOKEN", "RELAY_KEY"].map((name) => scene.bindings().get(name))).toEqual(secrets);
  });

  it("keeps the code of before running when a migration is refused", async () => {
    const [before] = scene.cloud.worker("hookswitch").deployments;
    scene.folder.write("src/log/migrations/0002_next.sql", "CREATE TABLE nonsense (;");
    scene.folder.write("src/version.ts", 'export const version = "0.2.0";\n');
    const { code, err, out } = await scene.deploy("--yes");
    // It stays where it was moved to.
    expect(out).toContain("https://hooks.example.com");
    expect(out).not.toMatch(/secret +PUBLIC_URL/);
    expect([code, scene.cloud.worker("hookswitch").deployments[0]]).toEqual([1, before]);
    expect(err).toContain("SQLITE_ERROR");
    scene.folder.write("src/log/migrations/0002_next.sql", "CREATE TABLE sense (id TEXT);");
    expect((await scene.deploy("--yes")).code).toBe(0);
    expect(scene.migrations()).toEqual({ "hookswitch-log": ["0001_log.sql", "0002_next.sql"] });
    expect(scene.cloud.worker("hookswitch").deployments[1]).toBe(before);
    const [old = "", uploaded = ""] = scene.server.scripts.slice(-2);
    expect([old.includes('"0.2.0"'), uploaded.includes('"0.2.0"')]).toEqual([false, true]);
    expect(uploaded.split("\n").length).toBeLessThan(uploaded.length / 1000);
  });

  it("goes back to the version before, and its tables stay", async () => {
    // A secret that is changed makes a deployment of the same build.
    const { deployments } = scene.cloud.worker("hookswitch");
    const before = deployments[1];
    const rotated = scene.rotate("ADMIN_TOKEN", "a-token-of-today-1234");
    const [newest] = deployments;
    const refused = await scene.rollBack("--yes");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("older values of ADMIN_TOKEN, which")]);
    expect([deployments[0], newest]).toEqual([rotated, rotated]);
    const unknown = await scene.rollBack("--yes", "--to", "nowhere");
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining(`which version? there were\n  ${before}`)]);
    const { code, out } = await scene.rollBack("--yes", "--old-secrets");
    expect([code, scene.cloud.worker("hookswitch").deployments[0]]).toEqual([0, before]);
    expect(out).toMatch(new RegExp(`runs +${newest}.*\n +goes back to +${before}`));
    expect(scene.migrations()).toEqual({ "hookswitch-log": ["0001_log.sql", "0002_next.sql"] });
  });

  it("has staging beside production, and nothing of it is shared", async () => {
    scene.folder.write("relay.json", '{"plan":"free","sources":{}}');
    expect((await scene.deploy("--yes", "--env", "staging")).code).toBe(0);
    const [production, staging] = ["hookswitch", "hookswitch-staging"].map((name) => scene.bindings(name));
    for (const name of ["CONFIG", "PERMISSIONS", "LOG", "EVENTS", "RETRIES", "DEAD", "FAILURES", "ADMIN_TOKEN"]) {
      expect(production?.has(name)).toBe(true);
      expect(JSON.stringify(staging?.get(name))).not.toBe(JSON.stringify(production?.get(name)));
    }
    expect(staging?.get("PUBLIC_URL")?.text).toBe("https://hookswitch-staging.acme.workers.dev");
    expect(scene.consumers()).toMatchObject({ ...CONSUMED, "hookswitch-staging-dead": ["hookswitch-staging"] });
    expect(Object.keys(scene.migrations())).toEqual(["hookswitch-log", "hookswitch-staging-log"]);
    const batches = (name: string) => scene.folder.read(`wrangler.${name}.json`).match(/"max_batch_size": \d+/g);
    expect(new Set(batches("staging"))).toEqual(new Set(['"max_batch_size": 2']));
    expect(new Set(batches("production"))).toEqual(new Set(['"max_batch_size": 10']));
  });
});
