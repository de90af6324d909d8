import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { keepEvents } from "../api/keep-events.ts";
import { SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { Browser, signedIn } from "./browse.ts";
import { expectSafe, fieldOf, linksOf, textOf } from "./page-text.ts";
import { signedInAs, statusesOf } from "./somebody.ts";

const onceShown = (html: string) => /<code id="once"[^>]*>\s*([^<\s]+)\s*<\/code>/.exec(html)?.[1] ?? "";

let sink: ReturnType<typeof openSink>;

async function configure(more: object = {}): Promise<void> {
  const crm = { url: sink.url, secrets: [SECRET], events: ["call.*"], headers: { "x-a": "canary-token-1" }, ...more };
  const { status, text } = await call("PUT", "config", { sources: {}, destinations: { crm } });
  if (status !== 200) throw new Error(text);
}

beforeEach(async () => {
  sink = openSink();
  await configure();
});

describe("/dashboard/destinations", () => {
  it("is for everybody but receivers, and says how each stands, without a secret", async () => {
    const seen = { viewer: 200, supervisor: 200, operator: 200, admin: 200, receiver: 403 };
    expect(await statusesOf("/dashboard/destinations")).toEqual(seen);
    expect(await statusesOf("/dashboard/destinations/crm")).toEqual(seen);
    await keepEvents({ deliveries: { crm: "waiting" } }, { deliveries: { crm: "delivered" } });
    const page = await (await signedInAs("viewer")).open("/dashboard/destinations");
    expectSafe(page);
    expect(textOf(page)).toMatch(/crm ● ok 24 hours: 1 delivered, \d+ failed attempts 127\.0\.0\.1:\d+ 1/);
    expect(page.html).not.toMatch(/canary-token|whsec_|Pause/);
  });

  it("calls none well without its dead letters, and leads to them", async () => {
    await keepEvents(
      { deliveries: { crm: "dead" } },
      { deliveries: { crm: "dead" } },
      { deliveries: { crm: "expired" } },
    );
    const browser = await signedInAs("viewer");
    for (const path of ["/dashboard/destinations", "/dashboard/destinations/crm"]) {
      const page = await browser.open(path);
      expect(textOf(page)).toMatch(/● ok .*▲ 2 dead/);
      expect(linksOf(page, "2 dead")).toEqual(["/dashboard/dead-letters?destination=crm"]);
    }
  });

  it("leads a receiver to its own, where it may go", async () => {
    await keepEvents({ deliveries: { crm: "dead" } });
    const browser = await signedInAs("receiver");
    const [to = ""] = linksOf(await browser.open("/dashboard/receiver"), "1 dead");
    expect([to, (await browser.open(to)).status]).toEqual(["/dashboard/receiver?state=dead", 200]);
  });

  it("says what to do where none is configured", async () => {
    await call("PUT", "config", { sources: {} });
    const page = await (await signedIn()).open("/dashboard/destinations");
    expect(textOf(page)).toContain("No destination is configured");
    expect(linksOf(page, "New destination")).toEqual(["/dashboard/configuration/new-destination"]);
  });

  it("pauses and resumes, leads back, and offers what takes it back", async () => {
    const browser = await signedInAs("operator");
    const paused = await browser.send("/dashboard/destinations/crm/pause", { from: "list" });
    expect([paused.status, paused.headers.get("location")]).toEqual([
      303,
      "/dashboard/destinations?of=crm&said=paused",
    ]);
    const page = await browser.open("/dashboard/destinations?of=crm&said=paused");
    expect(textOf(page)).toMatch(/Paused\. What comes for it waits.*crm Resume/);
    expect(textOf(page)).toMatch(/paused by operator [\w-]+/);
    expect((await call("GET", "destinations/crm")).body.paused).toMatchObject({ reason: "operator" });
    const resumed = await browser.send("/dashboard/destinations/crm/resume", { from: "page" });
    expect(resumed.headers.get("location")).toBe("/dashboard/destinations/crm?said=resumed");
    expect((await call("GET", "destinations/crm")).body.paused).toBeNull();
  });

  it("hides from a viewer who paused it", async () => {
    await (await signedInAs("operator")).send("/dashboard/destinations/crm/pause", {});
    const page = await (await signedInAs("viewer")).open("/dashboard/destinations/crm");
    expect(textOf(page)).toContain("by hidden");
  });

  it("says in its own words why nothing was done", async () => {
    await configure({ paused: true });
    const browser = await signedIn();
    const page = await browser.send("/dashboard/destinations/crm/resume", {});
    expect([page.status, textOf(page)]).toEqual([422, expect.stringContaining("paused in the configuration")]);
    expect((await browser.open("/dashboard/destinations/nobody")).status).toBe(404);
    expect((await browser.send("/dashboard/destinations/nobody/test", {})).status).toBe(404);
  });

  it.each([
    ["viewer", "pause", 403],
    ["viewer", "test", 403],
    ["operator", "rotate", 403],
    ["operator", "end-old", 403],
    ["receiver", "pause", 403],
    ["receiver", "rotate", 403],
  ])("lets no %s %s", async (role, act, status) => {
    const kept = await env.CONFIG.get("relay");
    expect((await (await signedInAs(role)).send(`/dashboard/destinations/crm/${act}`, {})).status).toBe(status);
    expect(await env.CONFIG.get("relay")).toBe(kept);
    expect((await call("GET", "destinations/crm")).body.paused).toBeNull();
  });

  it.each(["pause", "test", "rotate", "end-old"])("does no %s for another page", async (act) => {
    const browser = await signedIn();
    const kept = await env.CONFIG.get("relay");
    const from = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await browser.send(`/dashboard/destinations/crm/${act}`, {}, from)).status).toBe(403);
    expect([await env.CONFIG.get("relay"), await sink.received()]).toEqual([kept, []]);
  });
});

describe("/dashboard/destinations/:id", () => {
  it("tells what a test event came to, what the receiver answered escaped", async () => {
    const browser = await signedInAs("operator");
    expect(textOf(await browser.send("/dashboard/destinations/crm/test", {}))).toMatch(
      /It took the test event : status 2/,
    );
    await sink.behave({ status: 500, body: '"><img src=x onerror=alert(1)>' });
    const page = await browser.send("/dashboard/destinations/crm/test", {});
    expectSafe(page);
    expect(textOf(page)).toContain("It did not take it : status 500");
  });

  it("counts what last went wrong by reason, each with its event", async () => {
    const [dead] = await keepEvents({ deliveries: { crm: "dead" } }, { deliveries: { crm: "waiting" } });
    const page = await (await signedInAs("viewer")).open("/dashboard/destinations/crm");
    expect(textOf(page)).toContain("status_500: 2");
    expect(linksOf(page)).toContain(`/dashboard/events/${dead?.receipt}`);
  });

  it("rotates the secret: the new one is shown once and signs beside the old one, until that is ended", async () => {
    const browser = await signedIn();
    const page = await browser.send("/dashboard/destinations/crm/rotate", { seen: "1" });
    const again = await browser.send("/dashboard/destinations/crm/rotate", { seen: "1" });
    expect([again.status, textOf(again)]).toEqual([422, expect.stringContaining("No further one was made")]);
    expect((await browser.send("/dashboard/destinations/crm/rotate", { seen: "2" })).status).toBe(422);
    const secret = onceShown(page.html).replaceAll("&#43;", "+");
    expect(secret).toMatch(/^whsec_/);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect((await browser.open("/dashboard/destinations/crm")).html).not.toContain(secret);
    await browser.send("/dashboard/destinations/crm/test", {});
    const got = (await sink.received()).at(-1);
    for (const one of [SECRET, secret]) {
      expect(() => new Webhook(one).verify(got?.body ?? "", got?.headers ?? {})).not.toThrow();
    }
    const ended = await browser.send("/dashboard/destinations/crm/end-old", {});
    expect(ended.headers.get("location")).toBe("/dashboard/destinations/crm?said=secret_ended");
    expect((await browser.send("/dashboard/destinations/crm/end-old", {})).status).toBe(422);
    await browser.send("/dashboard/destinations/crm/test", {});
    const after = (await sink.received()).at(-1);
    expect(() => new Webhook(SECRET).verify(after?.body ?? "", after?.headers ?? {})).toThrow();
  });
});

it("makes the first secret of an unsigned destination once, however often the form is sent", async () => {
  await configure({ secrets: [] });
  const browser = await signedIn();
  expect((await browser.send("/dashboard/destinations/crm/rotate", { seen: "0" })).status).toBe(200);
  expect((await browser.send("/dashboard/destinations/crm/rotate", { seen: "0" })).status).toBe(422);
  expect((await call("GET", "destinations/crm")).body.secrets).toBe(1);
});

describe("/dashboard/configuration/new-destination", () => {
  const PATH = "/dashboard/configuration/new-destination";

  it("makes a destination that works at once, with a secret that is shown once and kept sealed", async () => {
    const browser = await signedIn();
    expect((await browser.open(PATH)).status).toBe(200);
    const form = { id: "bi", url: sink.url, events: "call.*, user.updated", format: "standard" };
    const page = await browser.send(PATH, form);
    const secret = onceShown(page.html);
    expect([page.status, secret.slice(0, 6)]).toEqual([200, "whsec_"]);
    expect((await call("POST", "destinations/bi/test")).body.delivered).toBe(true);
    const got = (await sink.received()).at(-1);
    expect(() => new Webhook(secret).verify(got?.body ?? "", got?.headers ?? {})).not.toThrow();
    const kept = String(await env.CONFIG.get("relay"));
    expect([kept.includes(secret), kept.includes(SECRET)]).toEqual([false, true]);
    expect((await call("GET", "config")).body).toMatchObject({
      destinations: { bi: { events: ["call.*", "user.updated"], format: "standard", secrets: ["***"] } },
    });
  });

  it.each([
    ["taken", { id: "crm", url: "http://127.0.0.1:9/" }, "There is a destination called crm already"],
    ["odd", { id: "a b", url: "http://127.0.0.1:9/" }, "The name"],
    ["no URL", { id: "bi", url: '"><img src=x onerror=alert(1)>' }, "destinations.bi.url"],
    ["no event", { id: "bi", url: "http://127.0.0.1:9/", events: "cull.*" }, "destinations.bi.events"],
  ])("refuses what is %s beside the form, which keeps what was typed", async (_, form, why) => {
    const kept = await env.CONFIG.get("relay");
    const page = await (await signedIn()).send(PATH, form);
    expectSafe(page);
    expect([page.status, textOf(page)]).toEqual([422, expect.stringContaining(why)]);
    expect(fieldOf(page, "url")).toBe(form.url);
    expect(await env.CONFIG.get("relay")).toBe(kept);
  });

  it("is for admins, from its own page", async () => {
    expect(await statusesOf(PATH)).toEqual({ viewer: 403, supervisor: 403, operator: 403, admin: 200, receiver: 403 });
    const form = { id: "bi", url: sink.url };
    expect((await (await signedInAs("operator")).send(PATH, form)).status).toBe(403);
    const browser = await signedIn();
    expect(
      (await browser.send(PATH, form, { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).status,
    ).toBe(403);
    expect((await new Browser().send(PATH, form)).status).toBe(401);
    expect((await call("GET", "destinations/bi")).status).toBe(404);
  });
});
