import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { keepEvents } from "../api/keep-events.ts";
import { audited } from "../api/people/somebody.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import type { Browser } from "./browse.ts";
import { expectSafe, linksOf, textOf } from "./page-text.ts";
import { everybody, signedInAs } from "./somebody.ts";

const HOME = "/dashboard/receiver";
const EVIL = '"><img src=x onerror=alert(1)>';
const elsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };

let sink: ReturnType<typeof openSink>;
let receiver: Browser;

beforeEach(async () => {
  sink = openSink();
  const crm = { url: sink.url, secrets: [SECRET], events: ["call.*", "agent.*"], mask: { name: "remove" } };
  const other = { url: "http://127.0.0.1:9/canary", secrets: [SECRET], events: ["*"] };
  await call("PUT", "config", {
    sources: { ucontact: { vendor: "ucontact", keys: ["the-key-of-uc-1"], timezone: "UTC" } },
    destinations: { crm, other },
  });
  receiver = await signedInAs("receiver");
});

describe("/dashboard/receiver", () => {
  it("is where a receiver comes in, and no place for others", async () => {
    const first = await receiver.open("/dashboard");
    expect([first.status, first.headers.get("location")]).toEqual([303, HOME]);
    for (const role of everybody) {
      expect([role, (await (await signedInAs(role)).open(HOME)).status]).toEqual([
        role,
        role === "receiver" ? 200 : 403,
      ]);
    }
  });

  it("shows its own destination and what was sent there, nothing of another", async () => {
    const at = Date.now() - 60_000;
    await keepEvents(
      { at, type: "call.started", deliveries: { crm: "delivered", other: "dead" } },
      { at: at + 1, type: "vendor.unknown", deliveries: { other: "delivered" } },
      { at: at + 2, type: "call.completed", subject: `call/${EVIL}`, deliveries: { crm: "dead" } },
    );
    const page = await receiver.open(HOME);
    expectSafe(page);
    expect(textOf(page)).toMatch(/call\.completed .*▲ dead.*call\.started .*● delivered/);
    expect(page.html).not.toMatch(/vendor\.unknown<|canary|whsec_a/);
    expect(textOf(await receiver.open(`${HOME}?state=dead`))).not.toContain("call.started –");
    expect(linksOf(page, "call.completed")[0]).toMatch(/^\/dashboard\/receiver\/events\/evt_/);
    expect(linksOf(page)).toContain("/schemas/events/call.completed.json");
    expect(linksOf(page)).not.toContain("/schemas/events/message.sent.json");
  });

  it("shows one event as it is delivered, and sends it again, once", async () => {
    await consumeAll([aWebhook()]);
    const link = linksOf(await receiver.open(HOME), "agent.")[0] ?? "";
    const page = await receiver.open(link);
    expectSafe(page);
    expect(textOf(page)).toMatch(/Send it again.*● delivered 1 attempt.*content-type application\/cloudevents\+json/);
    const sent = await receiver.send(`${link}/replay`, {});
    expect([sent.status, sent.headers.get("location")]).toEqual([303, `${link}?said=sent_again`]);
    expect((await audited()).at(-1)?.[1]).toBe("event.replayed");
    const [foreign] = await keepEvents({ deliveries: { other: "delivered" } });
    expect((await receiver.open(`${HOME}/events/${foreign?.event.id}`)).status).toBe(404);
    expect((await receiver.send(`${HOME}/events/${foreign?.event.id}/replay`, {})).status).toBe(404);
  });

  it("tests, and rotates its secret: the new one is shown once, both sign until the old one is ended", async () => {
    expect(textOf(await receiver.send(`${HOME}/test`, {}))).toContain("It took the test event");
    const page = await receiver.send(`${HOME}/rotate`, { seen: "1" });
    expect((await receiver.send(`${HOME}/rotate`, { seen: "1" })).status).toBe(422);
    const secret = /whsec_[A-Za-z0-9+/]{43}=/.exec(page.html)?.[0] ?? "";
    expect((await receiver.open(HOME)).html).not.toContain(secret);
    await receiver.send(`${HOME}/test`, {});
    const got = (await sink.received()).at(-1);
    for (const one of [SECRET, secret]) {
      expect(() => new Webhook(one).verify(got?.body ?? "", got?.headers ?? {})).not.toThrow();
    }
    expect((await receiver.send(`${HOME}/end-old`, {})).headers.get("location")).toBe(`${HOME}?said=secret_ended`);
    expect((await receiver.send(`${HOME}/end-old`, {})).status).toBe(422);
  });

  it.each(["test", "rotate", "end-old"])("does no %s for another page, or for somebody else", async (act) => {
    expect((await receiver.send(`${HOME}/${act}`, {}, elsewhere)).status).toBe(403);
    expect((await (await signedInAs("admin")).send(`${HOME}/${act}`, {})).status).toBe(403);
    expect(await sink.received()).toEqual([]);
  });

  it.each(["destinations", "sources", "configuration", "incidents", "ledger", "tokens", "audit"])(
    "sees no %s",
    async (page) => {
      expect((await receiver.open(`/dashboard/${page}`)).status).toBe(403);
    },
  );
});
