import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { configureVcc } from "../api/call.ts";
import { signedIn } from "./browse.ts";
import { inText, rowsIn } from "./in-text.ts";
import { signedInAs } from "./somebody.ts";

const XSS = `"><img src=x onerror=alert(1)>`;
const KEY = "vcc-key-0123456789";

beforeEach(() => configureVcc({ keys: [KEY] }));

/** Three requests that are refused, the last one with markup in all that is kept of it. */
async function refuse(): Promise<void> {
  const send = (path: string, agent: string) =>
    exports.default.fetch(
      new Request(`http://localhost/in/${path}`, { method: "POST", body: "{}", headers: { "user-agent": agent } }),
    );
  await send("vcc/user?secret-key=wrong", "Bot");
  await send("vcc/user?key=misplaced", "Bot");
  await send(`${encodeURIComponent(XSS)}/user`, XSS);
  const kept = async () => (await env.LOG.prepare("SELECT count(*) AS n FROM refused_request").first<number>("n")) ?? 0;
  await vi.waitUntil(async () => (await kept()) === 3, { timeout: 60_000, interval: 50 });
}

describe("refused requests", () => {
  it("are told one by one and counted, with why and what to do", async () => {
    await refuse();
    const { status, html } = await (await signedInAs("viewer")).open("/dashboard/refused");
    const text = inText(html);
    expect(status).toBe(200);
    expect(text).toContain("The key came in query key ; this source looks in query secret-key .");
    expect(text).toContain("that none of this source's keys makes valid");
    expect(rowsIn(html).filter((row) => row.includes("wrong_key"))).toHaveLength(1);
    expect(html).not.toContain("<img src=x");
    expect(html).not.toContain("/dashboard/refused/try");
  });

  it("are narrowed, and lead to a page each", async () => {
    await refuse();
    const browser = await signedIn();
    const { html } = await browser.open("/dashboard/refused?source=vcc&reason=no_key");
    const [, request = ""] = /href="\/dashboard\/refused\/(req_[0-9A-Z]+)"/.exec(html) ?? [];
    expect(html.match(/\/dashboard\/refused\/req_/g)).toHaveLength(1);
    const one = await browser.open(`/dashboard/refused/${request}`);
    expect(inText(one.html)).toMatch(/^The key came in query key ; .* Answered 401/);
    expect((await browser.open(`/dashboard/events?q=${request}`)).headers.get("location")).toBe(
      `/dashboard/refused/${request}`,
    );
  });

  it("say what was typed wrong, and what nothing means", async () => {
    const browser = await signedIn();
    expect(inText((await browser.open("/dashboard/refused")).html)).toContain("Nothing was refused");
    const wrong = await browser.open("/dashboard/refused?since=whenever");
    expect([wrong.status, inText(wrong.html)]).toEqual([422, expect.stringContaining("since: not a time")]);
    expect((await browser.open("/dashboard/refused/req_nothing")).status).toBe(404);
  });
});

describe("a request that is pasted", () => {
  const path = "/dashboard/refused/try";
  const url = `https://relay.example.com/in/vcc/user?secret-key=${KEY}`;

  it("would be accepted, by which key", async () => {
    const browser = await signedInAs("operator");
    const form = { method: "POST", url, headers: "content-type: application/json", body: "{}" };
    const { status, html } = await browser.send(path, form);
    expect([status, inText(html)]).toEqual([
      200,
      expect.stringContaining("● accepted It would be accepted: the key #0"),
    ]);
    expect(html).not.toContain(KEY);
  });

  it("would be refused, and why", async () => {
    const { html } = await (await signedIn()).send(path, { url: `/in/vcc/user?key=${KEY}`, body: XSS });
    const text = inText(html);
    expect(text).toContain("▲ refused The key came in query key ; this source looks in query secret-key .");
    expect(text).toContain("Looked in query secret-key");
    expect(html).not.toContain(KEY);
    expect(html).not.toContain("onerror");
  });

  it("is none without an address", async () => {
    const { status, html } = await (await signedIn()).send(path, { url: "http://[", headers: "a: b" });
    expect([status, inText(html)]).toEqual([422, expect.stringContaining("This is no request")]);
  });

  it.each(["viewer", "supervisor"])("is not judged for a %s", async (role) => {
    const browser = await signedInAs(role);
    expect((await browser.open(path)).status).toBe(403);
    expect((await browser.send(path, { url })).status).toBe(403);
  });

  it("is not judged for another site", async () => {
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const { status, html } = await (await signedIn()).send(path, { url }, foreign);
    expect([status, html.includes("accepted")]).toEqual([403, false]);
  });
});
