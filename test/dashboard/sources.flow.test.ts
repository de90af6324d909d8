import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addDrift } from "../../src/log/counts/drift.ts";
import { call } from "../api/call.ts";
import { signedIn } from "./browse.ts";
import { expectSafe, fieldOf, linksOf, textOf } from "./page-text.ts";
import { signedInAs, statusesOf } from "./somebody.ts";

const EVIL = '"><img src=x onerror=alert(1)>';
const OLD = "the-old-key-5b1d0c";
const knock = async (key: string, id = "acme") => {
  const request = new Request(`http://localhost/in/${id}/sms?secret-key=${key}`, {
    method: "POST",
    body: '{"smsId":1}',
  });
  return (await exports.default.fetch(request)).status;
};
const keyIn = (html: string) => /<code id="once"[^>]*>\s*([^<\s]+)\s*<\/code>/.exec(html)?.[1] ?? "";

beforeEach(async () => {
  const crm = { url: "http://127.0.0.1:9/", secrets: [] };
  const acme = { vendor: "vcc-live", keys: [OLD, "env:NOT_SET"], timezone: "Europe/Budapest" };
  const { status, text } = await call("PUT", "config", { sources: { acme }, destinations: { crm } });
  if (status !== 200) throw new Error(text);
});

describe("/dashboard/sources", () => {
  it("is for everybody but receivers, and says whether each sends; never a key", async () => {
    const seen = { viewer: 200, supervisor: 200, operator: 200, admin: 200, receiver: 403 };
    expect(await statusesOf("/dashboard/sources")).toEqual(seen);
    expect(await statusesOf("/dashboard/sources/acme")).toEqual(seen);
    await knock("wrong");
    const viewer = await signedInAs("viewer");
    const page = () => viewer.open("/dashboard/sources");
    await expect
      .poll(async () => linksOf(await page(), "1"), { timeout: 20_000 })
      .toContain("/dashboard/refused?source=acme");
    expectSafe(await page());
    expect(textOf(await page())).toMatch(/acme VCC Live \S+\/in\/acme Copy – #0 – env:NOT_SET ▲ not set/);
    expect((await page()).html).not.toContain(OLD);
  });

  it("says what to do where none is configured", async () => {
    await call("PUT", "config", { sources: {} });
    const page = await (await signedIn()).open("/dashboard/sources");
    expect(textOf(page)).toContain("every webhook is refused");
    expect(linksOf(page, "New source")).toEqual(["/dashboard/configuration/new-source"]);
  });
});

describe("/dashboard/sources/:id", () => {
  it("tells what to do at the vendor, what nobody expected, and what was refused with the next step", async () => {
    await addDrift(env.LOG, [
      { source: "acme", path: EVIL, what: "new_field", first: Date.now(), last: Date.now(), times: 3, sample: "text" },
    ]);
    await knock("wrong");
    const admin = await signedIn();
    const page = () => admin.open("/dashboard/sources/acme");
    await expect.poll(async () => textOf(await page()), { timeout: 20_000 }).toContain("Compare the key at the vendor");
    expectSafe(await page());
    expect(textOf(await page())).toMatch(
      /Connect VCC Live Open the webhooks.*call-disposition .*\/in\/acme\/call-disposition\?secret-key=<key>/,
    );
    expect(textOf(await page())).toContain(EVIL);
    expect((await admin.open("/dashboard/sources/nobody")).status).toBe(404);
  });

  it("makes a key that works at once beside the old one, shown once in each URL, and ends the old one", async () => {
    const admin = await signedIn();
    const page = await admin.send("/dashboard/sources/acme/add-key", { seen: "2" });
    expect((await admin.send("/dashboard/sources/acme/add-key", { seen: "2" })).status).toBe(422);
    const key = keyIn(page.html);
    expect(key).toMatch(/^[\w-]{32}$/);
    expect(page.html).toContain(`/in/acme/sms?secret-key=${key}`);
    expect((await admin.open("/dashboard/sources/acme")).html).not.toContain(key);
    expect([await knock(key), await knock(OLD)]).toEqual([200, 200]);
    const ended = await admin.send("/dashboard/sources/acme/end-key", { name: "#1" });
    expect(ended.headers.get("location")).toBe("/dashboard/sources/acme?said=key_ended");
    expect([await knock(key), await knock(OLD)]).toEqual([200, 401]);
    const last = await admin.send("/dashboard/sources/acme/end-key", {
      name: /sealed:[\w-]{8}/.exec(page.html)?.[0] ?? "",
    });
    expect([last.status, textOf(last)]).toEqual([422, expect.stringContaining("the last key that is live")]);
  });

  it("sends a test webhook, which leaves nothing, and tells what it came to", { timeout: 120_000 }, async () => {
    const page = await (await signedIn()).send("/dashboard/sources/acme/test", {});
    expect(textOf(page)).toMatch(/keys: ok, \d+ ms: not set: NOT_SET proof: ok, \d+ ms webhook: ok/);
    expect(await env.LOG.prepare("SELECT count(*) AS events FROM event").first("events")).toBe(0);
  });

  it.each(["add-key", "end-key", "test"])("lets nobody but an admin %s, and no other page", async (act) => {
    const kept = await env.CONFIG.get("relay");
    for (const role of ["viewer", "operator", "receiver"]) {
      const somebody = role === "receiver" ? undefined : await signedInAs(role);
      if (somebody !== undefined)
        expect((await somebody.send(`/dashboard/sources/acme/${act}`, { name: "#0" })).status).toBe(403);
    }
    const from = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await (await signedIn()).send(`/dashboard/sources/acme/${act}`, { name: "#0" }, from)).status).toBe(403);
    expect(await env.CONFIG.get("relay")).toBe(kept);
  });
});

describe("/dashboard/configuration/new-source", () => {
  const PATH = "/dashboard/configuration/new-source";

  it("makes a source that works at once; its key is shown once in what is to be pasted", async () => {
    const admin = await signedIn();
    expect((await admin.open(PATH)).status).toBe(200);
    const page = await admin.send(PATH, { id: "second", vendor: "vcc-live", zone: "Europe/Budapest" });
    const key = keyIn(page.html);
    expect([page.status, textOf(page)]).toEqual([
      200,
      expect.stringContaining("It lets nobody in before it has a permission map"),
    ]);
    expect(page.html).toContain(`/in/second/user?secret-key=${key}`);
    expect([await knock(key, "second"), await knock(OLD, "second"), await knock(OLD)]).toEqual([200, 401, 200]);
    expect(String(await env.CONFIG.get("relay"))).not.toContain(key);
  });

  it.each([
    ["taken", { id: "acme", vendor: "voiso" }, "There is a source called acme already"],
    ["odd", { id: EVIL, vendor: "voiso" }, "The name"],
    ["of no vendor", { id: "b", vendor: "nobody" }, "Choose a vendor"],
    ["in no zone", { id: "b", vendor: "voiso", zone: "Mars/Base" }, "sources.b.timezone"],
  ])("refuses one that is %s beside the form, which keeps what was typed", async (_, form, why) => {
    const page = await (await signedIn()).send(PATH, form);
    expectSafe(page);
    expect([page.status, textOf(page)]).toEqual([422, expect.stringContaining(why)]);
    expect(fieldOf(page, "id")).toBe(form.id);
    expect((await call("GET", "sources/b")).status).toBe(404);
  });
});
