import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, configureVcc } from "../api/call.ts";
import { keepMap } from "../api/keep-map.ts";
import { callAs, makeToken } from "../api/people/somebody.ts";
import { record } from "../api/record.ts";
import { configure } from "../delivery/scene.ts";
import { type Browser, type Shown, signedIn } from "./browse.ts";
import { expectSafe, fieldOf, linksOf, textOf } from "./page-text.ts";

const EVIL = '"><img src=x onerror=alert(1)>';
const map = {
  default: { allow: [1] },
  groups: { "3": { allow: [7, 11] } },
  users: { "41": { deny: [11], note: "not trained" } },
  usernames: { [EVIL]: { allow: [5], note: EVIL } },
};
const PATH = "/dashboard/permissions/vcc";
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const inForce = async () => (await call("GET", "permissions/vcc")).body;

let browser: Browser;
const open = async (path: string) => {
  const shown = await browser.open(path);
  expectSafe(shown);
  return shown;
};

beforeEach(async () => {
  await configureVcc();
  await keepMap(map, "2026-11-01T00:00:00Z");
  browser = await signedIn();
});

describe.each([
  "/dashboard/permissions",
  PATH,
  `${PATH}/text`,
  `${PATH}/versions`,
  `${PATH}/versions/1`,
  `${PATH}/unused`,
])("%s", (path) => {
  it("is for supervisors and all above them, and for no receiver", async () => {
    await configure({ crm: { url: "https://crm.example.com/" } });
    await configureVcc();
    const statuses = await Promise.all(
      ["viewer", "supervisor", "operator", "admin"].map(async (role) => {
        const shown = await (await signedIn((await makeToken(role)).token)).open(path);
        expectSafe(shown);
        return shown.status;
      }),
    );
    expect(statuses).toEqual([403, 200, 200, 200]);
  });

  it("refuses a source that does not ask", async () => {
    if (path === "/dashboard/permissions") return;
    const shown = await open(path.replace("vcc", "nobody"));
    expect(shown.status).toBe(404);
  });
});

describe("the maps", () => {
  it("are listed by source, with version, since when and by whom", async () => {
    const shown = await open("/dashboard/permissions");
    expect(textOf(shown)).toMatch(/vcc answers 1 .* kv Europe\/Budapest/);
    expect(linksOf(shown, "vcc")).toContain(PATH);
  });
});

describe("the matrix", () => {
  it("tells who may what, and by which rule", async () => {
    await call("POST", "permissions/vcc/grants", { users: 41, allow: [21], until: inAnHour(), note: "helps" });
    const shown = await open(PATH);
    const text = textOf(shown);
    expect(text).toContain("Rules of ↓ project → 1 5 7 11 21 any other everyone ● allow rule 1");
    expect(text).toMatch(/users\.41 ● allow everyone's rule 1 ▲ deny rule 1 ● allow rule 2 until .* usernames\./);
    expect(text).toContain(`usernames.${EVIL}`.toLowerCase());
    expect(linksOf(shown, "users.41")).toContain("/dashboard/logins?agent=41&source=vcc");
    expect(text).toMatch(/Granted for a while .* users\.41 allow 21 .* helps End now/);
  });

  it("is narrowed by agent, project and moment", async () => {
    const text = textOf(await open(`${PATH}?agent=41&project=11&at=2026-11-20T08:00:00Z`));
    expect(text).toContain("project → 11 users.41 ▲ deny rule 1");
    expect(text).not.toContain("groups.3 ●");
    expect(textOf(await open(`${PATH}?agent=nobody`))).toContain("No owner of rules has this in their name.");
    const odd = await open(`${PATH}?at=soon`);
    expect([textOf(odd).includes("not a time"), fieldOf(odd, "at")]).toEqual([true, "soon"]);
  });

  it("says what is wrong with the map in force, and what is passed over", async () => {
    await env.PERMISSIONS.put("vcc", '{ "users": { "41": { "allow": [7], "until": "soon" } } }');
    expect(textOf(await open(PATH))).toMatch(/The map in force is faulty.* users\.41\.until not an ISO time/);
    await env.PERMISSIONS.put("vcc", '{ "users": 1 }');
    expect(textOf(await open(PATH))).toContain("What stands in KV now is passed over");
  });

  it("ends a grant at once", async () => {
    await call("POST", "permissions/vcc/grants", { users: 41, allow: [21], until: inAnHour() });
    const shown = await open(PATH);
    const id = fieldOf(shown, "id") ?? "";
    const foreign = { "sec-fetch-site": "cross-site" };
    expect((await browser.send(`${PATH}/end-grant`, { id }, foreign)).status).toBe(403);
    const supervisor = await signedIn((await makeToken("supervisor")).token);
    const ended = await supervisor.send(`${PATH}/end-grant`, { id });
    expect([ended.status, ended.headers.get("location")]).toEqual([303, `${PATH}?said=grant_ended`]);
    expect(await inForce()).toEqual(map);
    expect((await browser.send(`${PATH}/end-grant`, { id })).status).toBe(404);
  });
});

describe("the text of a map", () => {
  const versionOf = (shown: Shown) => fieldOf(shown, "version") ?? "";

  it("is shown as it was written, laid out where it stands on one line; to edit for admins alone", async () => {
    const shown = await open(`${PATH}/text`);
    expect(fieldOf(shown, "text")).toBe(JSON.stringify(map, undefined, 2));
    const supervisor = await (await signedIn((await makeToken("supervisor")).token)).open(`${PATH}/text`);
    expect(supervisor.html).toMatch(/<textarea[^>]* readonly/);
    expect(supervisor.html).not.toContain(">Publish<");
    await keepMap(map, "2026-11-02T00:00:00Z");
    await env.PERMISSIONS.put("vcc", '{ "users": { "41": { "allow": [7] }, "41": { "deny": [8] } } }');
    expect(fieldOf(await open(`${PATH}/text`), "text")).toBe(
      '{ "users": { "41": { "allow": [7] }, "41": { "deny": [8] } } }',
    );
  });

  it("is checked with every fault at its line, and kept as it was typed", async () => {
    const text = '{\r\n  "users": {\r\n    "41": { "until": "soon" },\r\n    "42": { "denny": [7] }\r\n  }\r\n}';
    const shown = await browser.send(`${PATH}/check`, { text, version: versionOf(await open(`${PATH}/text`)) });
    expectSafe(shown);
    expect(shown.status).toBe(422);
    expect(textOf(shown)).toContain(
      "2 faults, so nothing was changed: line 3 users.41.until not an ISO time, such as 2026-12-01T08:00 or 2026-12-01 line 4 users.42.denny no such member; did you mean deny?",
    );
    expect(linksOf(shown, "line 3")).toEqual(["#text-line-3"]);
    expect(shown.html).toContain('id="text-line-3"');
    expect(fieldOf(shown, "text")).toBe(text.replaceAll("\r\n", "\n"));
    const broken = await browser.send(`${PATH}/publish`, { text: "{ no", version: versionOf(shown) });
    expect([broken.status, fieldOf(broken, "text")]).toEqual([422, "{ no"]);
    expect(textOf(broken)).toContain("line 1");
    expect((await browser.send(`${PATH}/publish`, { text: "" })).status).toBe(422);
    expect(await inForce()).toEqual(map);
  });

  it("is previewed: in words, for those who really asked, by line", async () => {
    await record([
      { at: new Date(Date.now() - 60_000).toISOString(), userId: 41, username: EVIL, groupId: 3, projects: [7], map },
    ]);
    const next = { ...map, groups: { "3": { allow: [11] } }, users: {} };
    const version = versionOf(await open(`${PATH}/text`));
    const shown = await browser.send(`${PATH}/check`, { text: JSON.stringify(next), version });
    expectSafe(shown);
    expect(shown.status).toBe(200);
    const text = textOf(shown);
    expect(text).toContain("What would change: 1 grant taken away, 1 denial taken away");
    expect(text).toContain("users.41 deny 11 (not trained) no rule");
    expect(text).toContain("Of 1 logins in 7 days 1 would newly be refused, and 0 newly let in.");
    expect(text).toContain("newly refused 7: yes (groups.3 allow) → no (none)");
    expect(text).toMatch(/− gone: "note": "not trained"/);
    expect(fieldOf(shown, "version")).toBe(version);
    expect(await inForce()).toEqual(map);
  });

  it("is published from the version that was edited, and that is undone by its own line", async () => {
    const next = { ...map, users: { "42": { allow: [7] } } };
    const version = versionOf(await open(`${PATH}/text`));
    const published = await browser.send(`${PATH}/publish`, { text: JSON.stringify(next), version });
    expect([published.status, published.headers.get("location")]).toEqual([
      303,
      `${PATH}?before=${version}&said=published`,
    ]);
    expect(await inForce()).toEqual(next);
    const shown = await open(published.headers.get("location") ?? "");
    expect(textOf(shown)).toContain("Published. It is in force everywhere within about 90 seconds. Undo");
    const undone = await browser.send(`${PATH}/rollback`, { version: versionOf(shown) });
    expect(undone.headers.get("location")).toMatch(/\?before=\w{16}&said=rolled_back$/);
    expect(await inForce()).toEqual(map);
  });

  it("is not published over another one: who was quicker is said, and the text stays", async () => {
    const version = versionOf(await open(`${PATH}/text`));
    const ada = await makeToken("admin", { name: "ada" });
    await callAs(ada.token, "PUT", "permissions/vcc/users/42", { allow: [7] });
    const text = JSON.stringify({ default: { allow: [1, 2] }, ...{ users: map.users } }, undefined, 2);
    const shown = await browser.send(`${PATH}/publish`, { text, version });
    expect(shown.status).toBe(412);
    expect(textOf(shown)).toContain("ada was quicker: version 2 was published while you wrote.");
    expect(textOf(shown)).toContain("Publish over version 2");
    expect(fieldOf(shown, "text")).toBe(text);
    expect(versionOf(shown)).not.toBe(version);
    expect(await inForce()).toMatchObject({ users: { "42": { allow: [7] } } });
    const again = await browser.send(`${PATH}/publish`, { text, version: versionOf(shown) });
    expect(again.status).toBe(303);
    expect(await inForce()).toEqual(JSON.parse(text));
  });

  it("asks once more whether a map is meant that lets nobody in", async () => {
    const text = '{"default":{"deny":"*"}}';
    const version = versionOf(await open(`${PATH}/text`));
    const shown = await browser.send(`${PATH}/publish`, { text, version });
    expect(shown.status).toBe(409);
    expect(textOf(shown)).toContain("With this map nobody can log in to any project.");
    expect(shown.html).toMatch(/formaction="[^"]*publish"[^>]* name="confirm" value="1"/);
    expect(await inForce()).toEqual(map);
    expect((await browser.send(`${PATH}/publish`, { text, version, confirm: "1" })).status).toBe(303);
  });

  it("is the first one where there is none, but only while there is none", async () => {
    await env.LOG.prepare("DELETE FROM document").run();
    await env.PERMISSIONS.delete("vcc");
    const shown = await open(`${PATH}/text`);
    expect([fieldOf(shown, "version"), textOf(shown).includes("There is no map yet")]).toEqual([undefined, true]);
    const text = '{"users":{"41":{"allow":[7]}}}';
    expect((await browser.send(`${PATH}/publish`, { text })).status).toBe(303);
    const late = await browser.send(`${PATH}/publish`, { text: '{"users":{"42":{"allow":[7]}}}' });
    expect(late.status).toBe(412);
    expect(await inForce()).toEqual(JSON.parse(text));
  });

  it.each(["check", "publish", "rollback"])("%s is for admins, from the dashboard's own page", async (action) => {
    const form = { text: "{}", version: "1", confirm: "1" };
    for (const role of ["viewer", "supervisor", "operator"]) {
      const other = await signedIn((await makeToken(role)).token);
      expect([role, (await other.send(`${PATH}/${action}`, form)).status]).toEqual([role, 403]);
    }
    const foreign = await browser.send(`${PATH}/${action}`, form, { "sec-fetch-site": "cross-site" });
    expect(foreign.status).toBe(403);
    expect(await inForce()).toEqual(map);
  });
});

describe("the versions", () => {
  beforeEach(() => keepMap({ ...map, users: {} }, "2026-11-02T00:00:00Z"));

  it("are listed with who and when, each with what puts it in force again", async () => {
    const shown = await open(`${PATH}/versions`);
    expect(textOf(shown)).toMatch(/2 2026-11-02 .* put into KV by hand .* in force 1 2026-11-01 .* Roll back/);
    const supervisor = await (await signedIn((await makeToken("supervisor")).token)).open(`${PATH}/versions`);
    expect(textOf(supervisor)).not.toContain("Roll back");
  });

  it("are shown one by one, compared with what is in force", async () => {
    const shown = await open(`${PATH}/versions/1`);
    expect(textOf(shown)).toContain("With it again: 1 denial added");
    expect(textOf(shown)).toMatch(/What it changed: .*1 denial added/);
    expect(fieldOf(shown, "text")).toBe(JSON.stringify(map));
    const [hash] = /\b[0-9a-f]{16}\b/.exec(textOf(shown)) ?? [];
    expect(textOf(await open(`${PATH}/versions/${hash}`))).toContain("Version 1");
    const second = textOf(await open(`${PATH}/versions/2`));
    expect(second).toContain("State in force");
    expect(second).toMatch(/What it changed: 1 denial taken away .*Before After/);
    expect((await open(`${PATH}/versions/9`)).status).toBe(404);
  });

  it("come back into force", async () => {
    expect((await browser.send(`${PATH}/rollback`, { version: "1" })).status).toBe(303);
    expect(await inForce()).toEqual(map);
    expect((await browser.send(`${PATH}/rollback`, { version: "99" })).status).toBe(404);
  });
});

describe("the rules that nobody needed", () => {
  it("are told with how far back was looked", async () => {
    const shown = await open(`${PATH}/unused?days=14`);
    expect(textOf(shown)).toContain("4 rules were not needed by the 0 logins of the last 14 days.");
    expect(linksOf(shown, "users.41")).toEqual([`${PATH}?agent=users.41`]);
    expect((await open(`${PATH}/unused?days=99`)).status).toBe(422);
  });
});
