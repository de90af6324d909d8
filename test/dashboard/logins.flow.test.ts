import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { addAgents } from "../../src/log/agents.ts";
import { addRefusedRequests } from "../../src/log/counts/refused-requests.ts";
import { requestIdAt } from "../../src/platform/request-id.ts";
import { call, configureVcc } from "../api/call.ts";
import { keepMap } from "../api/keep-map.ts";
import { makeToken } from "../api/people/somebody.ts";
import { type Recorded, record } from "../api/record.ts";
import { configure } from "../delivery/scene.ts";
import { Browser, signedIn } from "./browse.ts";
import { expectSafe, fieldOf, linksOf, textOf } from "./page-text.ts";

const EVIL = '"><img src=x onerror=alert(1)>';
const map = { groups: { "3": { allow: [7, 11] } }, users: { "41": { deny: [11], note: "not trained" } } };
const nora = { userId: 41, username: "Nora_K", groupId: 3, projects: [7, 11], map };
const AT = "2026-11-20T08:02:37Z";

let desk: Browser;
const open = async (query: string) => {
  const shown = await desk.open(`/dashboard/logins${query}`);
  expectSafe(shown);
  return shown;
};

beforeEach(async () => {
  await configureVcc();
  await keepMap(map, "2026-11-01T00:00:00Z");
  desk = await signedIn();
});

/** A browser that has said its zone. */
async function openIn(zone: string, path: string) {
  const cookies = [...desk.cookies].map(([name, value]) => `${name}=${value}`);
  return new Browser().open(path, { cookie: [...cookies, `hookswitch-zone=${encodeURIComponent(zone)}`].join("; ") });
}

/** Has other logins in the log, and none of those before. */
async function recordInstead(logins: readonly Recorded[]) {
  await env.LOG.batch([env.LOG.prepare("DELETE FROM event"), env.LOG.prepare("DELETE FROM claim")]);
  await record(logins);
}

describe("the login desk", () => {
  it.each([
    ["viewer", 403],
    ["supervisor", 200],
    ["operator", 200],
    ["admin", 200],
  ])("shows itself to a %s: %d", async (role, status) => {
    const browser = await signedIn((await makeToken(role)).token);
    expect((await browser.open("/dashboard/logins?agent=nora_k")).status).toBe(status);
  });

  it("shows itself to no receiver", async () => {
    await configure({ crm: { url: "https://crm.example.com/" } });
    const browser = await signedIn((await makeToken("receiver", { destination: "crm" })).token);
    expect((await browser.open("/dashboard/logins")).status).toBe(403);
    expect((await browser.send("/dashboard/logins/grant", { source: "vcc" })).status).toBe(403);
  });

  it("says what to do where no source asks", async () => {
    await env.CONFIG.put("relay", JSON.stringify({ sources: { u: { vendor: "ucontact", keys: ["k"] } } }));
    forgetRelay();
    expect(textOf(await open(""))).toContain("No source asks who may log in.");
  });

  it("offers the agents who asked lately", async () => {
    await addAgents(
      env.LOG,
      "vcc",
      [
        { id: "41", username: "nora_k" },
        { id: "43", username: "" },
      ],
      "2026-11-20",
    );
    const { html } = await open("");
    expect(html.match(/<option value="(nora_k|43)"/g)).toHaveLength(2);
  });
});

describe("why could nora not log in at 9:02?", () => {
  beforeEach(() =>
    record([
      { ...nora, at: AT },
      { ...nora, at: "2026-11-20T08:03:00Z", projects: [7] },
      { ...nora, at: "2026-11-20T08:04:00Z", userId: 42, username: EVIL, projects: [13] },
    ]),
  );

  it("asks once for a moment, which then stands in the address for everybody", async () => {
    const asked = await openIn("Europe/Budapest", "/dashboard/logins?agent=nora_k&at=2026-11-20+9:02");
    expect([asked.status, asked.headers.get("location")]).toEqual([
      303,
      "/dashboard/logins?agent=nora_k&at=2026-11-20T08%3A02%3A00Z",
    ]);
    const other = await openIn("America/Chicago", "/dashboard/logins?agent=nora_k&at=2026-11-20+2:02");
    expect(other.headers.get("location")).toBe(asked.headers.get("location"));
    // A browser that has not said its zone reads by the source's.
    const plain = await desk.open("/dashboard/logins?agent=nora_k&at=2026-11-20+9:02");
    expect(plain.headers.get("location")).toBe(asked.headers.get("location"));
  });

  it("tells the attempts in sentences, and of the refused one rule by rule what decided", async () => {
    const text = textOf(await openIn("Europe/Budapest", "/dashboard/logins?agent=nora_k&at=2026-11-20T08:02:00Z"));
    expect(text).toMatch(/nora_k was ▲ refused at .*09:02:37/);
    expect(text).toMatch(/09:02:37 ▲ refused : project 11, denied by users\.41 \(not trained\) explained here/);
    expect(text).toMatch(/09:03:00 ● granted : project 7 why\?/);
    expect(text).toContain("users.41 , rule 1 denies it – decides not trained");
    // Of attempts there may be dozens, and a telephone shows five: what decided, and what helps, stand before them.
    expect(text).toMatch(/was ▲ refused at .*All 2 attempts about .*denies it – decides.*explained here/);
    expect(text).toContain("groups.3 , rule 1 allows it, but is overruled by users.41 deny");
    expect(text).toContain("Granted: project 7");
    expect(text).toMatch(/Map version 1 put into KV by hand, since/);
  });

  it("takes the newest refused login where nobody says when, by name in any case and by id", async () => {
    for (const agent of ["nora_k", "NORA_K", "41"]) {
      expect(textOf(await open(`?agent=${agent}`))).toMatch(/was ▲ refused at .*08:02:37/);
    }
  });

  it("says so where an agent was never refused", async () => {
    await recordInstead([
      { ...nora, at: new Date(Date.now() - 60_000).toISOString(), userId: 50, username: "ok", projects: [7] },
    ]);
    const text = textOf(await open("?agent=ok"));
    expect(text).toContain("The log has no refused login of ok; this is the nearest attempt.");
    expect(text).toContain("ok was ● let in at");
  });

  it("names those who may be meant where there is no such agent, as links", async () => {
    await addAgents(env.LOG, "vcc", [{ id: "41", username: "nora_k" }], "2026-11-20");
    const shown = await open(`?agent=norak&at=${AT}`);
    expect(textOf(shown)).toContain("No login of norak is known");
    expect(linksOf(shown, "nora_k")).toContain(`/dashboard/logins?agent=nora_k&at=${encodeURIComponent(AT)}`);
  });

  it("says which version had not arrived yet", async () => {
    await keepMap({ ...map, users: {} }, "2026-11-20T08:00:00Z");
    const versions = Object((await call("GET", "permissions/vcc/versions")).body).items;
    await recordInstead([{ ...nora, at: AT, login: { mapVersion: versions[1].hash, mapAgeSeconds: 12, ms: 3 } }]);
    const text = textOf(await open(`?agent=nora_k&at=${AT}`));
    expect(text).toMatch(/Version 2 of the map, of .* had been made and had not arrived there yet/);
    expect(text).toContain("Its copy 12 s old Decided in 3 ms");
  });

  it("has a banner where the vendor's key was refused in those minutes, with what to do", async () => {
    const rest = { lot: "vcc", source: "vcc", kind: "project-login", reason: "wrong_key", status: 401 };
    const none = { bytes: null, agent: null, address: null };
    for (const at of ["2026-11-20T08:00:00Z", "2026-11-20T08:09:00Z"].map((at) => Date.parse(at))) {
      await addRefusedRequests(env.LOG, [{ request: `${requestIdAt(at)}${"0".repeat(16)}`, ...rest, ...none }], at);
    }
    const shown = await open(`?agent=nora_k&at=${AT}`);
    expect(textOf(shown)).toMatch(
      /The vendor's key was refused 2 times between .*08:00:00 and .*08:09:00 \(wrong key: 2\).* Compare the key at the vendor with/,
    );
    expect(linksOf(shown, "What was refused")).toEqual(["/dashboard/refused?source=vcc"]);
  });

  it("says beside the field what is no time, and keeps what was typed", async () => {
    const shown = await open("?agent=nora_k&at=half+past");
    expect(textOf(shown)).toContain("This is no time.");
    expect([fieldOf(shown, "agent"), fieldOf(shown, "at")]).toEqual(["nora_k", "half past"]);
  });

  it("tells what would be if a project were granted: a deny still wins", async () => {
    expect(textOf(await open(`?agent=nora_k&at=${AT}&suppose=11`))).toMatch(
      /What if project 11 were granted\? ▲ refused nora_k would still be refused: project 11, denied by users\.41 \(not trained\)\. A deny always wins/i,
    );
    await keepMap({ groups: map.groups }, "2026-11-21T00:00:00Z");
    await recordInstead([{ ...nora, at: AT, projects: [21], map: {} }]);
    expect(textOf(await open(`?agent=nora_k&at=${AT}&suppose=21`))).toMatch(/● let in Nora_K would be let in now/i);
  });

  it("lets the answer be taken along as text", async () => {
    const { html } = await open(`?agent=nora_k&at=${AT}`);
    const text = /<pre id="as-text"[^>]*>(.*?)<\/pre>/s.exec(html)?.[1];
    expect(text).toContain("project 11: denied by users.41 (not trained)");
    expect(text).toContain("  groups.3, rule 1: allows it, but is overruled by users.41 deny");
  });

  it("says of a login that a guard only watched that the agent was let in", async () => {
    await configureVcc({ guard: { mode: "shadow" } });
    await recordInstead([{ ...nora, at: AT, login: { mode: "shadow", answered: { "7": true, "11": true } } }]);
    const text = textOf(await open("?agent=nora_k"));
    expect(text).toContain("nora_k was ● let in at");
    expect(text).toContain(
      "The guard of vcc only watched: it would have refused nora_k; the vendor was told 7 yes, 11 yes.",
    );
    expect(text).not.toContain("keeps the agent out");
  });

  it("explains what kept the agent out before what a guard only watched, though that is newer", async () => {
    const watched = { mode: "shadow", answered: { "7": true, "11": true } } as const;
    await recordInstead([
      { ...nora, at: AT },
      { ...nora, at: "2026-11-20T08:22:37Z", login: watched },
    ]);
    const text = textOf(await open("?agent=nora_k"));
    expect(text).toContain("nora_k was ▲ refused at 2026-11-20 08:02:37");
    expect(text).not.toContain("The guard of vcc only watch");
  });

  it.each([
    ["lately", ""],
    ["about a moment", `&at=${encodeURIComponent("2026-11-20T08:05:00Z")}`],
    ["about a moment of a source", `&source=vcc&at=${encodeURIComponent("2026-11-20T08:05:00Z")}`],
  ])("explains what kept the agent out %s, though the guard that only watched would not have", async (_, when) => {
    const mode = "shadow" as const;
    await recordInstead([
      { ...nora, at: AT, projects: [7], login: { mode, answered: { "7": false } } },
      { ...nora, at: "2026-11-20T08:06:37Z", login: { mode, answered: { "7": true, "11": true } } },
    ]);
    const text = textOf(await open(`?agent=nora_k${when}`));
    expect(text).toContain("nora_k was ▲ refused at 2026-11-20 08:02:37");
    expect(text).toContain("The guard of vcc only watched: it would have let in nora_k; the vendor was told 7 no.");
  });

  it("shows a name that would be a mark as the text that it is", async () => {
    const shown = await open(`?agent=${encodeURIComponent(EVIL)}&at=${AT}&suppose=${encodeURIComponent(EVIL)}`);
    expect(shown.html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expectSafe(await open(""));
  });
});

describe("a grant until tonight", () => {
  const query = `?agent=nora_k&at=${encodeURIComponent(AT)}`;
  const form = { source: "vcc", users: "41", projects: "21, 22", until: "23:59", note: "stands in" };

  beforeEach(() => record([{ ...nora, at: AT, projects: [21] }]));

  it("is made, told, and taken back by its own line", async () => {
    const made = await desk.send(`/dashboard/logins/grant${query}`, form);
    const to = made.headers.get("location") ?? "";
    expect([made.status, to]).toEqual([303, expect.stringMatching(/agent=nora_k.*grant=grant_\w+&said=granted#now$/)]);
    const shown = await desk.open(to);
    expect(textOf(shown)).toContain("Granted. It is in force everywhere within about 90 seconds. Take it back");
    expect(textOf(shown)).toMatch(/Now ● let in Nora_K would be let in now\./i);
    const { users } = Object((await call("GET", "permissions/vcc")).body);
    expect(users["41"]).toMatchObject([{}, { allow: ["21", "22"], note: "stands in" }]);
    const id = fieldOf(shown, "id") ?? "";
    const ended = await desk.send(`/dashboard/logins/end-grant${query}`, { source: "vcc", id });
    expect(ended.headers.get("location")).toContain("said=grant_ended");
    expect(textOf(await desk.open(ended.headers.get("location") ?? ""))).toContain("Taken back.");
    expect((await call("GET", "permissions/vcc")).body).toEqual(map);
    expect((await desk.send("/dashboard/logins/end-grant", { source: "vcc", id })).status).toBe(404);
  });

  it("ends at the hour that its maker's clock shows", async () => {
    const at = Date.now() + 3 * 3_600_000;
    const until = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "America/Chicago" }).format(at);
    const cookies = [...desk.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const cookie = `${cookies}; hookswitch-zone=America%2FChicago`;
    await new Browser().send(`/dashboard/logins/grant${query}`, { ...form, until }, { cookie });
    const [grant] = Object((await call("GET", "permissions/vcc/grants")).body).items;
    expect(Date.parse(grant.until)).toBe(Math.floor(at / 60_000) * 60_000);
  });

  it.each([
    ["a reason", { ...form, note: "" }, "Say why"],
    ["a time", { ...form, until: "later" }, "This is no time to come."],
    ["a day at most", { ...form, until: "2030-01-01" }, "a grant ends within 24 hours"],
    ["a project", { ...form, projects: " , " }, "body.allow"],
  ])("wants %s, and keeps what was typed", async (_, typed, told) => {
    const shown = await desk.send(`/dashboard/logins/grant${query}`, typed);
    expect(shown.status).toBe(422);
    expect(textOf(shown)).toContain(told);
    expect(fieldOf(shown, "until")).toBe(typed.until);
    expect((await call("GET", "permissions/vcc")).body).toEqual(map);
  });

  it("is made by a supervisor, and by no viewer nor another site", async () => {
    const viewer = await signedIn((await makeToken("viewer")).token);
    expect((await viewer.send("/dashboard/logins/grant", form)).status).toBe(403);
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect((await desk.send("/dashboard/logins/grant", form, foreign)).status).toBe(403);
    expect((await desk.send("/dashboard/logins/end-grant", { source: "vcc", id: "x" }, foreign)).status).toBe(403);
    expect((await call("GET", "permissions/vcc")).body).toEqual(map);
    const supervisor = await signedIn((await makeToken("supervisor")).token);
    expect((await supervisor.send("/dashboard/logins/grant", form)).status).toBe(303);
  });
});

describe("the decisions", () => {
  beforeEach(() =>
    record([
      { ...nora, at: AT, login: { mapVersion: "0123456789abcdef", mapAgeSeconds: 5, ms: 12 } },
      { ...nora, at: "2026-11-20T08:03:00Z", projects: [7] },
      { ...nora, at: "2026-11-20T08:04:00Z", userId: 42, username: "ivan", projects: [7] },
    ]),
  );

  const rows = async (query: string) => [...(await open(query)).html.matchAll(/<tr data-row="([^"]*)"/g)].length;

  it("are listed, the newest first, each leading to why", async () => {
    const shown = await open("");
    const text = textOf(shown);
    expect(text.indexOf("ivan")).toBeLessThan(text.indexOf("Nora_K 41"));
    expect(text).toContain("7, 11 no ▲ refused denied by users.41 012345 5 s 12");
    expect(linksOf(shown, "012345")).toEqual(["/dashboard/permissions/vcc/versions/0123456789abcdef"]);
    expect(shown.html).toContain('data-refresh="5"');
    const [why] = linksOf(shown).filter((href) => href.startsWith("/dashboard/logins?agent=Nora_K"));
    expect(textOf(await desk.open(why ?? ""))).toContain("Nora_K was");
  });

  it("are narrowed by what the address says", async () => {
    expect(await rows("")).toBe(3);
    expect(await rows("?granted=false")).toBe(1);
    expect(await rows("?agent=ivan")).toBe(1);
    expect(await rows("?since=2026-11-20T08:03:00Z&until=2026-11-20T08:04:00Z")).toBe(1);
    expect(await rows("?source=vcc&granted=true")).toBe(2);
    const byClock = await openIn("America/Chicago", "/dashboard/logins?since=2026-11-20+2:03&until=2026-11-20+2:04");
    expect(byClock.html.match(/<tr data-row=/g)).toHaveLength(1);
    const shown = await open("?granted=true&since=soon");
    expect(textOf(shown)).toContain("not a time");
    expect(fieldOf(shown, "since")).toBe("soon");
  });

  it("say how far a guard that only watches agrees", async () => {
    await configureVcc({ guard: { mode: "shadow" } });
    const at = new Date(Date.now() - 60_000).toISOString();
    await recordInstead([{ ...nora, at, login: { mode: "shadow", answered: { "7": true, "11": true } } }]);
    const text = textOf(await open(""));
    expect(text).toContain("The guard of vcc only watches It would have answered as was answered in 0 of 1 logins");
    expect(text).toContain("11: told yes, guard no (users.41 deny)");
  });
});
