import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { keepEvents } from "../api/keep-events.ts";
import { audited, makeToken } from "../api/people/somebody.ts";
import { SECRET } from "../delivery/scene.ts";
import { type Browser, signedIn } from "./browse.ts";
import { expectSafe, fieldOf, textOf } from "./page-text.ts";
import { everybody, signedInAs, statusesOf } from "./somebody.ts";

const forAdmins = { viewer: 403, supervisor: 403, operator: 403, admin: 200, receiver: 403 };
const elsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
const EVIL = '"><img src=x onerror=alert(1)>';

let admin: Browser;

beforeEach(async () => {
  const crm = { url: "http://127.0.0.1:9/", secrets: [SECRET], events: ["call.*"] };
  await call("PUT", "config", { sources: {}, destinations: { crm } });
  admin = await signedIn();
});

describe("/dashboard/ledger", () => {
  it("is for everybody but receivers, and an account of both sides", async () => {
    expect(await statusesOf("/dashboard/ledger")).toEqual({
      ...forAdmins,
      viewer: 200,
      supervisor: 200,
      operator: 200,
    });
    expect(textOf(await admin.open("/dashboard/ledger"))).toContain("Nothing was accepted yet");
    await keepEvents({ source: "uc", deliveries: { crm: "delivered" } }, { source: "uc", deliveries: { crm: "dead" } });
    const page = await admin.open("/dashboard/ledger");
    expectSafe(page);
    expect(textOf(page)).toMatch(/The books balance\..*In: accepted 2 events 2 duplicates 0 failed 0 .* Out 2 = in/);
    expect(textOf(page)).toMatch(/In: due 2 delivered 1 dead 1 expired 0 waiting 0 Out 2 = in/);
    expect(textOf(page)).toMatch(/uc 2 2 0 0 0 2 1 1 0 0 0 0 yes/);
  });

  it("says so where a delivery is on one side alone, and counts again from the log", async () => {
    await keepEvents({ source: "uc", deliveries: { crm: "waiting" } });
    expect(textOf(await admin.open("/dashboard/ledger?recount=1"))).toContain("The log tells the same");
    await env.LOG.prepare("UPDATE tally SET delivered = delivered + 1").run();
    const page = await admin.open("/dashboard/ledger?recount=1");
    expect(textOf(page)).toMatch(/The books do not balance\..*The log tells otherwise.* uc \w+ \d+ \d+/);
    const refused = await admin.open("/dashboard/ledger?recount=1&since=2000-01-01");
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining("Count 1 to 7 days")]);
  });
});

describe("/dashboard/tokens", () => {
  it("is for admins; makes a token that is shown once and works, beside a form that keeps what was typed", async () => {
    expect(await statusesOf("/dashboard/tokens")).toEqual(forAdmins);
    const page = await admin.send("/dashboard/tokens", {
      name: "night shift",
      role: "operator",
      expires: "2999-12-31",
    });
    const token = /hst_\w+/.exec(page.html)?.[0] ?? "";
    expect([page.status, token.length > 60]).toEqual([200, true]);
    expect((await (await signedIn(token)).open("/dashboard/replays")).status).not.toBe(403);
    expect((await admin.open("/dashboard/tokens")).html).not.toContain(token);
    const again = await admin.send("/dashboard/tokens", { name: "night shift", role: "viewer" });
    expect([again.status, textOf(again)]).toEqual([422, expect.stringContaining("another token has this name")]);
    expect(fieldOf(again, "name")).toBe("night shift");
    const odd = await admin.send("/dashboard/tokens", { name: EVIL, role: "receiver" });
    expectSafe(odd);
    expect(odd.status).toBe(422);
  });

  it("ends one by its name, with all that signed in with it", async () => {
    const { token } = await makeToken("viewer", { name: "wall" });
    const wall = await signedIn(token);
    expect((await wall.open("/dashboard/ledger")).status).toBe(200);
    const odd = await admin.send("/dashboard/tokens/end", { name: "walls" });
    expect([odd.status, textOf(odd)]).toEqual([422, expect.stringContaining("No token is called walls")]);
    expect((await admin.send("/dashboard/tokens/end", { name: "wall" }, elsewhere)).status).toBe(403);
    const ended = await admin.send("/dashboard/tokens/end", { name: "wall" });
    expect(ended.headers.get("location")).toBe("/dashboard/tokens?said=token_ended");
    expect((await wall.open("/dashboard/ledger")).status).toBe(303);
    expect((await audited()).at(-1)?.[1]).toBe("token.deleted");
  });

  it.each(everybody.filter((role) => role !== "admin"))("lets no %s make or end one", async (role) => {
    const somebody = await signedInAs(role);
    expect((await somebody.send("/dashboard/tokens", { name: "x", role: "admin" })).status).toBe(403);
    expect((await somebody.send("/dashboard/tokens/end", { name: `x` })).status).toBe(403);
    expect((await admin.send("/dashboard/tokens", { name: "x", role: "admin" }, elsewhere)).status).toBe(403);
    expect((await call("GET", "tokens")).text).not.toContain('"x"');
  });
});

describe("/dashboard/audit", () => {
  it("is for admins; tells who did what, filtered by what stands in the address", async () => {
    expect(await statusesOf("/dashboard/audit")).toEqual(forAdmins);
    await makeToken("viewer", { name: "wall" });
    await call("POST", "destinations/crm/pause");
    const page = await admin.open("/dashboard/audit?what=destinations/crm");
    expectSafe(page);
    expect(textOf(page)).toMatch(/admin admin destination\.paused destinations\/crm/);
    expect(textOf(page)).not.toContain("token.created");
    const none = await admin.open(`/dashboard/audit?who=${encodeURIComponent(EVIL)}`);
    expectSafe(none);
    expect(textOf(none)).toContain("No entry fits");
    expect((await admin.open("/dashboard/audit?since=soon")).status).toBe(422);
  });

  it("verifies the chain, and says which entry is not as it was written", async () => {
    for (const name of ["one", "two", "three"]) await makeToken("viewer", { name });
    const whole = await admin.open("/dashboard/audit?verify=1");
    expect(textOf(whole)).toMatch(/The chain of \d+ entries is whole/);
    const head = /[0-9a-f]{64}/.exec(whole.html)?.[0] ?? "";
    expect(textOf(await admin.open(`/dashboard/audit?verify=1&head=${head}`))).toMatch(
      /Entry \d+ has the hash that you noted/,
    );
    const other = "0".repeat(64);
    expect(textOf(await admin.open(`/dashboard/audit?verify=1&head=${other}`))).toContain("No entry has the hash");
    await env.LOG.prepare("UPDATE audit SET role = 'viewer' WHERE seq = 2").run();
    expect(textOf(await admin.open("/dashboard/audit?verify=1"))).toContain("Entry 2 is not as it was written");
  });
});
