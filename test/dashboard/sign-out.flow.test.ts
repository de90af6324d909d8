import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { configureVcc } from "../api/call.ts";
import { signedIn } from "./browse.ts";

const ACCESS = { ACCESS_TEAM: "acme", ACCESS_AUD: "the-tag" };

beforeEach(() => configureVcc());

/** As Access hands it on, for somebody whom it has signed in. */
function signOut({ headers = {}, variables = ACCESS }: { headers?: Record<string, string>; variables?: object } = {}) {
  const request = new Request("https://relay.example.com/dashboard/sign-out", {
    method: "POST",
    headers: { "cf-access-jwt-assertion": "who.they.are", "sec-fetch-site": "same-origin", ...headers },
    redirect: "manual",
  });
  return app.fetch(request, { ...env, ...variables }, createExecutionContext());
}

describe("whom Cloudflare Access has let in", () => {
  it("is led to where Access ends its session, on the relay's own host", async () => {
    const left = await signOut();
    expect([left.status, left.headers.get("location")]).toEqual([303, "/cdn-cgi/access/logout"]);
  });

  it("is led there with a session of a token, too, which ends besides", async () => {
    const session = (await signedIn()).cookies.get("__Host-hookswitch");
    const left = await signOut({ headers: { cookie: `__Host-hookswitch=${session}` } });
    expect(left.headers.get("location")).toBe("/cdn-cgi/access/logout");
    expect(left.headers.getSetCookie().join()).toMatch(/^__Host-hookswitch=;.*Max-Age=0/);
  });

  it.each([
    ["follows the redirects of Access from a form", ACCESS, "form-action 'self' https://acme.cloudflareaccess.com;"],
    ["follows none elsewhere without Access", {}, "form-action 'self';"],
  ])("%s", async (_, variables, allowed) => {
    const asked = new Request("https://relay.example.com/dashboard/sign-in");
    const page = await app.fetch(asked, { ...env, ...variables }, createExecutionContext());
    expect(page.headers.get("content-security-policy")).toContain(`; ${allowed}`);
  });

  it("is signed out by no other site", async () => {
    const left = await signOut({ headers: { "sec-fetch-site": "cross-site" } });
    expect([left.headers.get("location"), left.headers.getSetCookie()]).toEqual(["/dashboard/sign-in", []]);
  });

  it("ends the session of the dashboard alone, where the relay asks nothing of Access", async () => {
    expect((await signOut({ variables: {} })).headers.get("location")).toBe("/dashboard/sign-in");
  });
});

it("who came by a token is led to where one signs in", async () => {
  const left = await (await signedIn()).send("/dashboard/sign-out", {});
  expect(left.headers.get("location")).toBe("/dashboard/sign-in");
});
