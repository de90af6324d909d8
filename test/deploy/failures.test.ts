import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Scene } from "./scene.ts";

let scene: Scene;

/** Each test goes on where the one before it ended. */
describe("a deploy into one account", () => {
  const told: string[] = [];

  beforeAll(async () => {
    // Another Worker is named by the environment, and cron triggers are not told.
    scene = await new Scene().open({ CLOUDFLARE_ENV: "staging", CLOUDFLARE_ACCOUNT_ID: "" });
    scene.cloud.tellsCrons = false;
    scene.folder.write("relay.json", '{"sources":{}}');
  });
  afterAll(() => scene.close());

  it.each<[string, RegExp, string, RegExp?]>([
    ["POST", /^storage/, "namespace hookswitch-config cannot be made"],
    ["POST", /^d1\/database$/, "database hookswitch-log cannot be made"],
    ["POST", /^queues$/, "queue hookswitch-events cannot be made"],
    ["POST", /\/query$/, "injected", /CREATE TABLE claim/],
    ["PUT", /^workers\/scripts\/hookswitch$/, "injected"],
    ["PUT", /\/schedules$/, "injected"],
    ["PUT", /\/values\/relay$/, "injected"],
  ])(
    "that is refused %s %s says so, and that the next one goes on from there",
    async (method, path, sentence, body) => {
      scene.server.refuse(method, path, 400, 10_999, "injected", body);
      const { code, out, err } = await scene.deploy("--yes");
      expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
      expect(err).toContain("npm run deploy goes on from here");
      told.push(out);
    },
  );

  it("comes to its end when nothing is refused, with each part made once", async () => {
    const { code, err, out } = await scene.deploy("--yes");
    expect([code, err]).toEqual([0, ""]);
    expect(scene.titles()).toEqual(["hookswitch-config", "hookswitch-permissions"]);
    expect(Object.values(scene.consumers())).toEqual([["hookswitch"], ["hookswitch"], ["hookswitch"]]);
    expect(scene.cloud.worker("hookswitch").crons.length).toBe(1);
    // Whoever deploys has seen the secrets that are in force.
    const seen = [...told, out].join("\n");
    for (const name of ["ADMIN_TOKEN", "RELAY_KEY"]) expect(seen).toContain(scene.bindings().get(name)?.text);
    expect([...scene.cloud.workers.keys()]).toEqual(["hookswitch"]);
  });

  it("leaves documents alone that cannot be seen, also where nothing is remembered", async () => {
    const unseen = () => scene.server.refuse("GET", /\/values\/relay$/, 404, 7003, "No route for that URI");
    unseen();
    const { code, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([0, []]);
    rmSync(join(scene.folder.path, ".wrangler"), { recursive: true });
    unseen();
    const again = await scene.deploy("--yes", "--url", "https://hookswitch.acme.workers.dev");
    expect(again.changes.filter((change) => change.includes("/values/"))).toEqual([]);
  });

  it("mends what was taken away since", async () => {
    scene.cloud.queues.delete("hookswitch-retries");
    const { code, changes } = await scene.deploy("--yes");
    expect(code).toBe(0);
    expect(changes.filter((change) => change.startsWith("POST queues"))).toHaveLength(2);
    expect(scene.consumers()).toMatchObject({ "hookswitch-retries": ["hookswitch"] });
  });
});

describe("nothing is done", () => {
  beforeEach(async () => {
    scene = await new Scene().open();
  });
  afterEach(() => scene.close());

  it.each([
    ["GET", /^d1/, "D1: Edit"],
    ["GET", /^queues/, "Queues: Edit"],
    ["GET", /^storage/, "Workers KV Storage: Edit"],
    ["GET", /^workers\/scripts/, "Workers Scripts: Edit"],
  ])("where the token may not %s %s; the permission is named", async (method, path, permission) => {
    scene.server.refuse(method, path, 403, 10_000, "Authentication error");
    const { code, err, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([1, []]);
    expect(err).toContain(`lacks the permission "${permission}"`);
  });

  it("where the token is none; that is said", async () => {
    scene.server.refuse("GET", /^\/accounts$/, 401, 1000, "Invalid API Token");
    const { code, err, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([1, []]);
    expect(err).toContain("does not take this token, which may have expired: Invalid API Token [code: 1000]");
  });

  it("where another Worker consumes a queue of that name, or the account has no address", async () => {
    scene.cloud.consume(scene.cloud.makeQueue("hookswitch-events"), "other", {});
    scene.cloud.subdomain = undefined;
    const { code, out, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([1, []]);
    expect(out).toContain("queue hookswitch-events is consumed by another, other");
    expect(out).toContain("no name below workers.dev yet");
  });

  it("where wrangler.toml names a part that this account does not have", async () => {
    const toml = scene.folder.read("wrangler.toml");
    scene.folder.write("wrangler.toml", toml.replace('binding = "CONFIG"', 'binding = "CONFIG"\nid = "0123abcd"'));
    const { code, err, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([1, []]);
    expect(err).toContain("wrangler.toml names 0123abcd for CONFIG");
  });

  it("where a first document is not valid", async () => {
    scene.folder.write("relay.json", '{"sources":{"acme":{"vendor":"nobody"}}}');
    const { code, err, changes } = await scene.deploy("--yes");
    expect([code, changes]).toEqual([1, []]);
    expect(err).toContain("relay.json is not valid");
  });

  it.each([
    ["--env", "Staging!"],
    ["--env", "production"],
    ["--env", "staging-"],
    ["--url", "hooks.example.com"],
    ["--url", "http://hooks.example.com"],
    ["--url", "https://u:p@hooks.example.com"],
    ["--jurisdiction", "mars"],
  ])("with %s %s on the command line", async (...args) => {
    const { code, changes } = await scene.deploy(...args);
    expect([code, changes]).toEqual([2, []]);
  });
});
