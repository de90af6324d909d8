import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { linkKey } from "../../src/config/sign-in-link.ts";
import { call, configureVcc } from "../api/call.ts";
import { makeToken } from "../api/people/somebody.ts";
import { Browser, signedIn } from "./browse.ts";

beforeEach(() => configureVcc());

describe("signing in", () => {
  it("a page asks to sign in, and then one is on it", async () => {
    const browser = new Browser();
    const asked = await browser.open("/dashboard/events?type=call.completed");
    expect(asked.status).toBe(303);
    const to = asked.headers.get("location") ?? "";
    expect(to).toBe("/dashboard/sign-in?to=%2Fdashboard%2Fevents%3Ftype%3Dcall.completed");
    expect((await browser.open(to)).html).toContain('value="/dashboard/events?type=call.completed"');
    const done = await browser.send("/dashboard/sign-in", { token: "test-admin-token", to: "/dashboard?x=1" });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/dashboard?x=1"]);
    expect((await browser.open("/dashboard")).status).toBe(200);
  });

  it.each([
    "https://evil.example/",
    "//evil.example/dashboard",
    "/dashboard\\..\\evil",
    "/dashboardx",
    "/api/events",
    "/dashboard/\n/x",
    "/dashboard/../api/events",
    "/dashboard/%2e%2E/in/vcc",
    "/dashboard/..//evil.example",
    "javascript:alert(1)",
  ])("nobody is led to %j", async (to) => {
    const done = await new Browser().send("/dashboard/sign-in", { token: "test-admin-token", to });
    expect(done.headers.get("location")).toBe("/dashboard");
  });

  it("the cookie is bound to this host, out of reach of scripts, and names no secret", async () => {
    const done = await new Browser().send("/dashboard/sign-in", { token: "test-admin-token" });
    const [cookie = ""] = done.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-hookswitch=s1\.-\.\d+\.[0-9a-f]{64}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it("on this machine it tells the ports of two relays apart, and so does signing out", async () => {
    const one = new Browser("http://localhost:8787");
    const other = new Browser("http://localhost:8797", one);
    for (const relay of [one, other]) await relay.send("/dashboard/sign-in", { token: "test-admin-token" });
    expect([...one.cookies.keys()]).toEqual(["hookswitch-8787", "hookswitch-8797"]);
    await other.send("/dashboard/sign-out", {});
    const stands = await Promise.all([one, other].map(async (relay) => (await relay.open("/dashboard")).status));
    expect(stands).toEqual([200, 303]);
  });

  it("on this machine it has a plain name, and over plain http elsewhere there is none", async () => {
    const local = new Browser("http://localhost:8787");
    await local.send("/dashboard/sign-in", { token: "test-admin-token" });
    expect([...local.cookies.keys()]).toEqual(["hookswitch-8787"]);
    expect((await local.open("/dashboard")).status).toBe(200);
    const clear = new Browser("http://relay.example.com");
    expect((await clear.send("/dashboard/sign-in", { token: "test-admin-token" })).status).toBe(403);
    expect(clear.cookies.size).toBe(0);
  });

  it("a wrong token is told nothing but that, and kept nowhere", async () => {
    const browser = new Browser();
    const shown = await browser.send("/dashboard/sign-in", { token: "hst_wrong_wrong" });
    expect([shown.status, browser.cookies.size]).toEqual([401, 0]);
    expect(shown.html).toContain("not known, or has ended");
    expect(shown.html).not.toContain("hst_wrong");
  });

  it("a form of another site signs nobody in", async () => {
    const browser = new Browser();
    const shown = await browser.send(
      "/dashboard/sign-in",
      { token: "test-admin-token" },
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    );
    expect([shown.status, browser.cookies.size]).toEqual([403, 0]);
  });
});

describe("what is no form", () => {
  const file = new FormData();
  file.set("token", new Blob(["test-admin-token"]), "token");
  const form = { "content-type": "application/x-www-form-urlencoded" };

  it.each([
    ["a file for a token", { body: file }],
    ["a broken multipart", { body: "x", headers: { "content-type": "multipart/form-data" } }],
    ["a megabyte", { body: `token=${"x".repeat(1_048_576)}`, headers: form }],
  ])("%s signs nobody in, and is no fault of the relay", async (_, init: { body: BodyInit; headers?: HeadersInit }) => {
    const headers = new Headers(init.headers);
    headers.set("sec-fetch-site", "same-origin");
    const request = new Request("https://relay.example.com/dashboard/sign-in", { ...init, method: "POST", headers });
    const response = await exports.default.fetch(request);
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
    expect(await response.text()).toContain("This form was not sent from the dashboard");
  });

  it("does nothing on a page", async () => {
    const browser = await signedIn();
    const shown = await browser.send("/dashboard/tokens", {}, { "content-type": "multipart/form-data" });
    expect([shown.status, shown.html.includes("Nothing was changed")]).toEqual([422, true]);
  });
});

describe("a session", () => {
  it("ends with its token", async () => {
    const { id, token } = await makeToken("viewer");
    const browser = await signedIn(token);
    expect((await browser.open("/dashboard")).status).toBe(200);
    await call("DELETE", `tokens/${id}`);
    expect((await browser.open("/dashboard")).status).toBe(303);
  });

  it.each([
    ["another holder", (value: string) => value.replace("s1.-.", "s1.abc.")],
    ["a later end", (value: string) => value.replace(/\.(\d+)\./, (_, end) => `.${Number(end) + 1}.`)],
    ["another proof", (value: string) => value.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ["half of it", (value: string) => value.slice(0, value.length / 2)],
  ])("with %s is none", async (_, change) => {
    const browser = await signedIn();
    const value = change(browser.cookies.get("__Host-hookswitch") ?? "");
    const shown = await new Browser().open("/dashboard", { cookie: `__Host-hookswitch=${value}` });
    expect(shown.status).toBe(303);
  });

  it("counts for the API, too, but changes nothing for another site", async () => {
    const browser = await signedIn();
    const cookie = `__Host-hookswitch=${browser.cookies.get("__Host-hookswitch")}`;
    const ask = (init: RequestInit) => exports.default.fetch(new Request("https://relay.example.com/api/me", init));
    expect(await (await ask({ headers: { cookie } })).json()).toMatchObject({ role: "admin", by: "admin_token" });
    const foreign = await exports.default.fetch(
      new Request("https://relay.example.com/api/destinations/x/pause", {
        method: "POST",
        headers: { cookie, "sec-fetch-site": "cross-site" },
      }),
    );
    expect(foreign.status).toBe(403);
  });

  it("is over when one signs out", async () => {
    const browser = await signedIn();
    await browser.send("/dashboard/sign-out", {});
    expect(browser.cookies.size).toBe(0);
    expect((await browser.open("/dashboard")).status).toBe(303);
  });
});

describe("a one-time link", () => {
  const code = "a".repeat(43);
  const allow = async (until = Date.now() + 300_000) => env.CONFIG.put(await linkKey(code), String(until));

  it("signs in once, on this machine", async () => {
    await allow();
    const browser = new Browser("http://127.0.0.1:8787");
    expect((await browser.send("/dashboard/sign-in", { link: code })).status).toBe(303);
    expect((await browser.open("/dashboard")).status).toBe(200);
    const again = await new Browser("http://127.0.0.1:8787").send("/dashboard/sign-in", { link: code });
    expect([again.status, await env.CONFIG.get(await linkKey(code))]).toEqual([401, null]);
  });

  it("is worth nothing anywhere else, nor when it is too old, nor when nobody made it", async () => {
    const other = "b".repeat(43);
    await env.CONFIG.put(await linkKey(other), String(Date.now() + 300_000));
    expect((await new Browser().send("/dashboard/sign-in", { link: other })).status).toBe(401);
    await env.CONFIG.put(await linkKey("c".repeat(43)), String(Date.now() - 1));
    const local = new Browser("http://localhost:8787");
    expect((await local.send("/dashboard/sign-in", { link: "c".repeat(43) })).status).toBe(401);
    expect((await local.send("/dashboard/sign-in", { link: "d".repeat(43) })).status).toBe(401);
  });
});
