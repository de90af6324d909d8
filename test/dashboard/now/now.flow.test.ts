import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../../src/app.ts";
import { forgetRelay } from "../../../src/config/load-relay.ts";
import { noteBeats } from "../../../src/log/beats.ts";
import { addToTally } from "../../../src/log/ledger/tally.ts";
import { hourOf } from "../../../src/platform/time/instant.ts";
import { call, configureVcc } from "../../api/call.ts";
import { audited, makeToken } from "../../api/people/somebody.ts";
import { record } from "../../api/record.ts";
import { consumeAll } from "../../delivery/consume-all.ts";
import { failingLog } from "../../delivery/faulty-log.ts";
import { aWebhook, configure } from "../../delivery/scene.ts";
import { openSink } from "../../sink/sink.ts";
import { type Browser, signedIn } from "../browse.ts";

const CRM = { crm: { url: "https://crm.example.com/" } };

async function as(role: string): Promise<Browser> {
  return signedIn((await makeToken(role)).token);
}

/** The text of a page as it is read: without what is no text, in one line. */
function textOf(html: string): string {
  const [, main = ""] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? [];
  return main
    .replace(/<[^>]+>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/\s+/g, " ")
    .replace(/ ([;,.])/g, "$1");
}

async function read(browser: Browser, path = "/dashboard"): Promise<string> {
  return textOf((await browser.open(path)).html);
}

beforeEach(async () => {
  await configure(CRM);
  await noteBeats(env.LOG, ["cron"], Date.now());
});

describe("Now", () => {
  it("says that all is well, and shows the way of the webhooks with what came and went", async () => {
    const sink = openSink();
    await env.CONFIG.put(
      "relay",
      JSON.stringify({
        sources: { ucontact: { vendor: "ucontact", keys: ["k"], timezone: "UTC" } },
        destinations: { crm: { url: sink.url, secrets: [] } },
      }),
    );
    forgetRelay();
    await consumeAll([aWebhook(), aWebhook(), aWebhook()]);
    const text = await read(await as("viewer"));
    expect(text).toContain("All is well; nothing waits.");
    expect(text).toMatch(/ucontact ucontact 3 [\d.<> ]+ a minute last \d+ s ago/);
    expect(text).toMatch(/crm 3 [\d.<> ]+ a minute nothing waits/);
    expect(text).toMatch(/In the queue 0 Spooled 0 Wait for the log 0 Cron \d+ s ago Today \(UTC\) 3/);
    expect(text).toMatch(/Webhooks 3 Logins 0 most in one: 3/);
    expect(text).toMatch(/Delivered 3 Failed attempts 0 most in one: 3/);
    // The same figures as a table, an hour a row.
    const [table = ""] = /<table>.*?<\/table>/s.exec((await (await as("viewer")).open("/dashboard")).html) ?? [];
    expect([...table.matchAll(/<tr>/g)]).toHaveLength(25);
    expect(textOf(`<main>${table}</main>`)).toMatch(/ 3 0 $/);
  });

  it("shows what waits, what is dead, an open breaker with its next probe, and what was refused", async () => {
    const sink = openSink();
    await sink.behave({ status: 500 });
    await configure({ crm: { url: sink.url }, old: { url: sink.url, retry: { delays: [] } } });
    await consumeAll(Array.from({ length: 6 }, () => aWebhook()));
    await addToTally(env.LOG, [{ hour: hourOf(Date.now()), source: "ucontact", refused: { wrong_key: 4 } }]).run();
    const operator = await as("operator");
    const { html } = await operator.open("/dashboard");
    const text = textOf(html);
    expect(text).toMatch(/crm 0 0 a minute ▲ breaker open, next probe (?:now|in \d+ s) 6 waiting, oldest \d+ s ago/);
    expect(text).toMatch(/old .* ▲ [56] dead/);
    expect(text).toContain("▲ 4 refused");
    expect(text).toMatch(/Delivered 0 Failed attempts [1-9]/);
    expect(html).toContain('href="/dashboard/dead-letters?destination=old"');
    expect(html).toContain('href="/dashboard/refused?source=ucontact"');
    expect(html).toContain('action="/dashboard/now/resume/crm"');
    expect(text).toContain("Try now");
  });

  it("tells of silence, and what is usual as far as the counters know", async () => {
    const source = { vendor: "ucontact", keys: ["k"], timezone: "UTC", silentAfter: 30 };
    await env.CONFIG.put("relay", JSON.stringify({ sources: { ucontact: source, other: source }, destinations: {} }));
    forgetRelay();
    const ago = Date.now() - 3 * 3_600_000;
    await addToTally(env.LOG, [
      { hour: hourOf(ago), source: "ucontact", events: 120, last: ago },
      { hour: hourOf(ago - 3_600_000), source: "ucontact", events: 120, last: ago - 3_600_000 },
    ]).run();
    const text = await read(await as("viewer"));
    expect(text).toContain("▲ nothing for 3 h; today else 2 a minute");
    expect(text).toMatch(/other ucontact 0 0 a minute ▲ nothing yet/);
  });

  it("the login desk's line tells who may how many were refused, and by how old a map", async () => {
    await configureVcc();
    const at = new Date().toISOString();
    await record([
      {
        at,
        userId: 7,
        username: "g",
        groupId: 2,
        projects: [1],
        map: { default: { deny: [1] } },
        login: { mapAgeSeconds: 4.4 },
      },
    ]);
    await addToTally(env.LOG, [{ hour: hourOf(Date.now()), source: "vcc", logins: 3, granted: 3 }]).run();
    const [viewer, supervisor] = [await as("viewer"), await as("supervisor")];
    expect(await read(viewer)).toContain("25 % refused (1 of 4)");
    expect(await read(viewer)).not.toContain("The newest");
    expect(await read(supervisor)).toMatch(/25 % refused \(1 of 4\) The newest \d+ s ago, by a map read 4 s before/);
    expect((await viewer.open("/dashboard")).html).not.toContain('<a href="/dashboard/logins">');
  });
});

describe("the buttons beside what needs somebody", () => {
  it("resume what somebody paused, name who, and can be taken back", async () => {
    const operator = await as("operator");
    await call("POST", "destinations/crm/pause");
    const before = await operator.open("/dashboard");
    expect(textOf(before.html)).toMatch(/◐ paused by admin for \d+ s/);
    const done = await operator.send("/dashboard/now/resume/crm", {});
    expect([done.status, done.headers.get("location")]).toEqual([303, "/dashboard?said=resumed&destination=crm"]);
    const after = await operator.open("/dashboard?said=resumed&destination=crm");
    expect(textOf(after.html)).toContain("crm is resumed: what waited is sent. Pause it again");
    expect(after.html).toContain('action="/dashboard/now/pause/crm"');
    await operator.send("/dashboard/now/pause/crm", {});
    expect(await read(operator)).toMatch(/◐ paused by operator [\w-]+ for/);
    expect((await audited()).slice(-3).map(([, action]) => action)).toEqual([
      "destination.paused",
      "destination.resumed",
      "destination.paused",
    ]);
  });

  it("are not there for those who may not press them, nor where one press mends nothing", async () => {
    await call("POST", "destinations/crm/pause");
    const { html } = await (await as("supervisor")).open("/dashboard?said=resumed&destination=crm");
    expect(html).not.toContain('<form method="post" action="/dashboard/now');
    expect(html).not.toContain("is resumed");
    await configure({ crm: { url: "https://crm.example.com/", paused: true } });
    const configured = await (await as("operator")).open("/dashboard");
    expect(configured.html).toContain("crm is paused");
    expect(configured.html).not.toContain("/dashboard/now/resume");
  });

  it("say of a refusal what the API says, with its status", async () => {
    const operator = await as("operator");
    const gone = await operator.send("/dashboard/now/resume/gone", {});
    expect([gone.status, textOf(gone.html)]).toEqual([404, expect.stringContaining("No destination has this id")]);
    await configure({ crm: { url: "https://crm.example.com/", paused: true } });
    const configured = await operator.send("/dashboard/now/resume/crm", {});
    expect([configured.status, textOf(configured.html)]).toEqual([422, expect.stringContaining("is resumed there")]);
  });
});

it("says that the log cannot be read, and shows the page all the same", async () => {
  const { cookies } = await signedIn();
  const request = new Request("https://relay.example.com/dashboard", {
    headers: { cookie: `__Host-hookswitch=${cookies.get("__Host-hookswitch")}` },
  });
  const broken = { ...env, LOG: failingLog("tally", "event", "pause", "document") };
  const waits = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  const response = await app.fetch(request, broken, waits);
  const text = textOf(await response.text());
  expect([response.status, text]).toEqual([200, expect.stringContaining("database cannot be read")]);
  expect(text).toContain("The figures of the last 24 hours cannot be read at the moment.");
});
