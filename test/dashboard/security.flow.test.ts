import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { actions, pages } from "../../src/dashboard/pages.ts";
import { call } from "../api/call.ts";
import { audited, makeToken } from "../api/people/somebody.ts";
import { failingLog } from "../delivery/faulty-log.ts";
import { configure } from "../delivery/scene.ts";
import { Browser, type Shown, signedIn } from "./browse.ts";

/** Who may see each page, repeated by hand. A page that is not listed here fails. */
const whoSees: Readonly<Record<string, string>> = {
  "/dashboard": "viewer",
  "/dashboard/events": "viewer",
  "/dashboard/events/:id": "viewer",
  "/dashboard/calls/:source/:id": "viewer",
  "/dashboard/refused": "viewer",
  "/dashboard/refused/try": "operator",
  "/dashboard/refused/:request": "viewer",
  "/dashboard/dead-letters": "viewer",
  "/dashboard/replays": "operator",
  "/dashboard/replays/new": "operator",
  "/dashboard/replays/:id": "operator",
  "/dashboard/logins": "supervisor",
  "/dashboard/permissions": "supervisor",
  "/dashboard/permissions/:source": "supervisor",
  "/dashboard/permissions/:source/text": "supervisor",
  "/dashboard/permissions/:source/versions": "supervisor",
  "/dashboard/permissions/:source/versions/:version": "supervisor",
  "/dashboard/permissions/:source/unused": "supervisor",
  "/dashboard/destinations": "viewer",
  "/dashboard/destinations/:id": "viewer",
  "/dashboard/sources": "viewer",
  "/dashboard/sources/:id": "viewer",
  "/dashboard/configuration": "admin",
  "/dashboard/configuration/new-destination": "admin",
  "/dashboard/configuration/new-source": "admin",
  "/dashboard/configuration/versions": "admin",
  "/dashboard/configuration/versions/:version": "admin",
  "/dashboard/incidents": "viewer",
  "/dashboard/ledger": "viewer",
  "/dashboard/tokens": "admin",
  "/dashboard/audit": "admin",
  "/dashboard/receiver": "receiver",
  "/dashboard/receiver/events/:id": "receiver",
};

/** Who may press each button, repeated by hand. */
const whoDoes: Readonly<Record<string, string>> = {
  "/dashboard/now/resume/:id": "operator",
  "/dashboard/now/pause/:id": "operator",
  "/dashboard/events/:id/reveal": "operator",
  "/dashboard/events/:id/replay": "operator",
  "/dashboard/refused/try": "operator",
  "/dashboard/replays": "operator",
  "/dashboard/replays/:id/start": "operator",
  "/dashboard/replays/:id/cancel": "operator",
  "/dashboard/logins/grant": "supervisor",
  "/dashboard/logins/end-grant": "supervisor",
  "/dashboard/permissions/:source/check": "admin",
  "/dashboard/permissions/:source/publish": "admin",
  "/dashboard/permissions/:source/rollback": "admin",
  "/dashboard/permissions/:source/end-grant": "supervisor",
  "/dashboard/destinations/:id/pause": "operator",
  "/dashboard/destinations/:id/resume": "operator",
  "/dashboard/destinations/:id/test": "operator",
  "/dashboard/destinations/:id/rotate": "admin",
  "/dashboard/destinations/:id/end-old": "admin",
  "/dashboard/sources/:id/add-key": "admin",
  "/dashboard/sources/:id/end-key": "admin",
  "/dashboard/sources/:id/test": "admin",
  "/dashboard/configuration/check": "admin",
  "/dashboard/configuration/publish": "admin",
  "/dashboard/configuration/roll-back": "admin",
  "/dashboard/configuration/new-destination": "admin",
  "/dashboard/configuration/new-source": "admin",
  "/dashboard/incidents/:id/ack": "operator",
  "/dashboard/incidents/test": "operator",
  "/dashboard/tokens": "admin",
  "/dashboard/tokens/end": "admin",
  "/dashboard/receiver/test": "receiver",
  "/dashboard/receiver/rotate": "receiver",
  "/dashboard/receiver/end-old": "receiver",
  "/dashboard/receiver/events/:id/replay": "receiver",
};

const ranks = ["viewer", "supervisor", "operator", "admin"];
const roles = [...ranks, "receiver"];
const FOREIGN = [
  { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  { "sec-fetch-site": "same-site", origin: "https://other.example.com" },
  { "sec-fetch-site": "cross-site", origin: "https://relay.example.com" },
] as const;
const NONCE = /'nonce-([\w+/=-]+)'/;

let browsers: ReadonlyMap<string, Browser>;

beforeEach(async () => {
  await configure({ crm: { url: "https://crm.example.com/" } });
  const made = roles.map(async (role): Promise<[string, Browser]> => {
    const { token } = await makeToken(role, role === "receiver" ? { destination: "crm" } : {});
    return [role, await signedIn(token)];
  });
  browsers = new Map(await Promise.all(made));
});

function browserOf(role: string): Browser {
  const found = browsers.get(role);
  if (found === undefined) throw new Error(`nobody has the role ${role}`);
  return found;
}

/** Where a page of the table is, whatever it is about. */
function placeOf(path: string): string {
  return path.replace(/:\w+/g, "crm");
}

function maySee(who: string, role: string): boolean {
  if (who === "all") return true;
  if (who === "receiver" || role === "receiver") return who === role;
  return ranks.indexOf(role) >= ranks.indexOf(who);
}

/** A receiver who comes to the first page of all is led to their own. */
const isRefused = ({ status, html, headers }: Shown) =>
  (status === 403 && html.includes("Not for your role")) || headers.get("location") === "/dashboard/receiver";

/** What every page of the dashboard keeps to, whoever gets it. */
function expectKept({ headers, html }: Shown): void {
  const policy = headers.get("content-security-policy") ?? "";
  const [, nonce = ""] = NONCE.exec(policy) ?? [];
  expect(nonce.length).toBeGreaterThan(16);
  expect(policy.split(/; ?/).filter((part) => part !== "")).toEqual([
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types hookswitch",
  ]);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect(html).not.toMatch(/<[^>]*\s(?:style|on[a-z]+)\s*=/i);
  expect(html).not.toMatch(/javascript:/i);
  const loading = [...html.matchAll(/<(?:script|link rel="stylesheet")[^>]*>/g)].map(([tag]) => tag);
  expect(loading.length).toBeGreaterThan(1);
  for (const tag of loading) expect(tag).toContain(`nonce="${nonce}"`);
  // All that is loaded is the dashboard's own.
  const loaded = [...html.matchAll(/<(?:script|img|iframe|link)[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
  expect(loaded.filter((url) => url?.startsWith("/dashboard/assets/") !== true)).toEqual([]);
  expect(html).not.toMatch(/<(?:iframe|object|embed|base|style)\b/i);
}

it("every page and every button stands in the tables of this file", () => {
  expect(Object.fromEntries(pages.map(({ path, who }) => [path, who]))).toEqual(whoSees);
  expect(Object.fromEntries(actions.map(({ path, who }) => [path, who]))).toEqual(whoDoes);
});

describe.each(Object.entries(whoSees))("%s", (path, who) => {
  it("is for those of its role, and for nobody else", async () => {
    for (const role of roles) {
      const shown = await browserOf(role).open(placeOf(path));
      expect([role, isRefused(shown)]).toEqual([role, !maySee(who, role)]);
      if (shown.status !== 303) expectKept(shown);
    }
    const nobody = await new Browser().open(placeOf(path));
    expect([nobody.status, nobody.headers.get("location")?.startsWith("/dashboard/sign-in")]).toEqual([303, true]);
  });
});

describe.each(Object.entries(whoDoes))("POST %s", (path, who) => {
  it("is for those of its role, from the dashboard's own pages, and for nobody else", async () => {
    const nobody = await new Browser().send(placeOf(path), {});
    // Not led away: what was written in the form is sent again by a reload.
    expect([nobody.status, nobody.html.includes("Nothing was changed.")]).toEqual([401, true]);
    expectKept(nobody);
    const before = await audited();
    for (const headers of FOREIGN) {
      const foreign = await browserOf("admin").send(placeOf(path), {}, headers);
      expect(foreign.status).toBe(403);
      expectKept(foreign);
    }
    // What is pressed changes nothing when it is only opened.
    expect((await browserOf("admin").open(placeOf(path))).status).not.toBe(303);
    expect(await audited()).toEqual(before);
    for (const role of roles) {
      const shown = await browserOf(role).send(placeOf(path), {});
      expect([role, isRefused(shown)]).toEqual([role, !maySee(who, role)]);
    }
  });
});

describe("the dashboard", () => {
  it("has a page for what is not there, for those who have signed in", async () => {
    const shown = await browserOf("viewer").open("/dashboard/no/such/page");
    expect([shown.status, shown.html.includes("Nothing here")]).toEqual([404, true]);
    expectKept(shown);
    expect((await new Browser().open("/dashboard/no/such/page")).status).toBe(303);
  });

  it.each([
    ["POST", "/dashboard/no/such/page", 404, null],
    ["DELETE", "/dashboard/no/such/page", 404, null],
    ["POST", "/dashboard/events", 405, "GET, HEAD"],
    ["PUT", "/dashboard", 405, "GET, HEAD"],
    ["DELETE", "/dashboard/tokens", 405, "GET, HEAD, POST"],
    ["PATCH", "/dashboard/events/x/replay", 405, "POST"],
  ])("answers %s %s with a page, to whoever has signed in", async (method, path, status, allow) => {
    const shown = await browserOf("viewer").ask(method, path);
    expect([shown.status, shown.headers.get("allow")]).toEqual([status, allow]);
    expect(shown.html).toContain('aria-label="Pages"');
    expectKept(shown);
    const nobody = await new Browser().ask(method, path);
    expect([nobody.status, nobody.html.includes("Nothing was changed.")]).toEqual([401, true]);
    expectKept(nobody);
  });

  it("answers HEAD as GET, without the page", async () => {
    const paths = ["/dashboard", "/dashboard/events", "/dashboard/no/such/page", "/dashboard/sign-in"];
    for (const path of paths) {
      const [head, get] = [await browserOf("viewer").ask("HEAD", path), await browserOf("viewer").open(path)];
      expect([path, head.status, head.headers.get("content-type"), head.html]).toEqual([
        path,
        get.status,
        get.headers.get("content-type"),
        "",
      ]);
    }
    const nobody = await new Browser().ask("HEAD", "/dashboard/events");
    expect([nobody.status, nobody.headers.get("location")]).toEqual([
      303,
      "/dashboard/sign-in?to=%2Fdashboard%2Fevents",
    ]);
  });

  it("keeps to the same on the page to sign in, whatever the address says", async () => {
    const hostile = `/dashboard/sign-in?to=${encodeURIComponent('/dashboard?"><script>alert(1)</script>')}`;
    const shown = await new Browser().open(hostile);
    expect(shown.status).toBe(200);
    expectKept(shown);
    expect(shown.html).not.toContain("<script>");
    expectKept(await new Browser().send("/dashboard/sign-in", { token: "hst_wrong_wrong" }));
  });

  it("has another nonce for every page", async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => {
        const { headers } = await browserOf("viewer").open("/dashboard");
        return NONCE.exec(headers.get("content-security-policy") ?? "")?.[1];
      }),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it("shows nothing to a session whose token has ended, or that was changed into another's", async () => {
    const { id, token } = await makeToken("operator");
    const stolen = await signedIn(token);
    const [own, other] = [stolen, browserOf("viewer")].map(({ cookies }) => cookies.get("__Host-hookswitch") ?? "");
    const [viewerId, operatorId] = [other, own].map((cookie) => cookie?.split(".")[1] ?? "");
    const raised = (other ?? "").replace(`.${viewerId}.`, `.${operatorId}.`);
    expect(raised).not.toBe(other);
    expect((await new Browser().open("/dashboard", { cookie: `__Host-hookswitch=${raised}` })).status).toBe(303);
    await call("DELETE", `tokens/${id}`);
    for (const { path } of pages) expect((await stolen.open(placeOf(path))).status).toBe(303);
    for (const { path } of actions) expect((await stolen.send(placeOf(path), {})).status).toBe(401);
  });

  it("shows an id of somebody's choosing as text", async () => {
    const shown = await browserOf("admin").open('/dashboard?said=resumed&destination="><img src=x onerror=alert(1)>');
    expect(shown.html).not.toContain("<img src=x");
    const refused = await browserOf("admin").send("/dashboard/now/resume/%3Cimg%20src=x%3E", {});
    expect([refused.status, refused.html.includes("<img src=x")]).toEqual([404, false]);
  });

  it("says that a page failed, and no word of why", async () => {
    const broken = new Proxy(env, {
      get: (target, name) => {
        if (name === "ADMIN_TOKEN") throw new Error("canary: internal");
        return Reflect.get(target, name);
      },
    });
    const request = new Request("https://relay.example.com/dashboard", { headers: { authorization: "Bearer x" } });
    const waits = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    const response = await app.fetch(request, broken, waits);
    const html = await response.text();
    expect([response.status, html.includes("canary")]).toEqual([500, false]);
    expect(html).toContain("Something failed");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("says that nothing was done where the audit cannot be written", async () => {
    const body = new URLSearchParams({ name: "wall", role: "viewer" });
    const headers = { authorization: "Bearer test-admin-token", "sec-fetch-site": "same-origin" };
    const request = new Request("https://relay.example.com/dashboard/tokens", { method: "POST", headers, body });
    const waits = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    const response = await app.fetch(request, { ...env, LOG: failingLog("INSERT INTO audit") }, waits);
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringContaining("Nothing was done, because"),
    ]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await call("GET", "tokens")).text).not.toContain("wall");
  });
});
