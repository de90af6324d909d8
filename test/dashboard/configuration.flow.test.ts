import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { audited } from "../api/people/somebody.ts";
import { SECRET } from "../delivery/scene.ts";
import { type Browser, signedIn } from "./browse.ts";
import { expectSafe, fieldOf, linksOf, textOf } from "./page-text.ts";
import { signedInAs, statusesOf } from "./somebody.ts";

const PATH = "/dashboard/configuration";
const EVIL = '"><img src=x onerror=alert(1)>';
const crm = { url: "http://127.0.0.1:9/?token=canary-token", secrets: [SECRET], events: ["call.*"] };
const CONFIG = {
  sources: { acme: { vendor: "ucontact", keys: ["the-key-of-acme-1"], timezone: "UTC" } },
  destinations: { crm },
};

let admin: Browser;

/** The text in the field, changed, and the version that it is of. */
async function edited(change: (text: string) => string) {
  const page = await admin.open(PATH);
  return { text: change(fieldOf(page, "text") ?? ""), version: fieldOf(page, "version") ?? "" };
}

beforeEach(async () => {
  const { status, text } = await call("PUT", "config", CONFIG);
  if (status !== 200) throw new Error(text);
  admin = await signedIn();
});

describe("/dashboard/configuration", () => {
  it("shows admins the document in force, its secrets as ***", async () => {
    expect(await statusesOf(PATH)).toEqual({ viewer: 403, supervisor: 403, operator: 403, admin: 200, receiver: 403 });
    const page = await admin.open(PATH);
    expectSafe(page);
    expect(textOf(page)).toMatch(/Version 1, by admin, since/);
    expect(fieldOf(page, "text")).toContain('"***"');
    expect(page.html).not.toMatch(/canary-token|the-key-of-acme-1|whsec_a/);
  });

  it("shows what a text would change, in words and lines, before it is in force; *** keeps the secrets", async () => {
    const form = await edited((text) => text.replace('"call.*"', '"call.*",\n"user.updated"'));
    const page = await admin.send(`${PATH}/check`, form);
    expectSafe(page);
    expect(page.status).toBe(200);
    expect(textOf(page)).toMatch(
      /valid, and not in force yet.*Changed: destinations\.crm\.events from \["call\.\*"\] to \["call\.\*","user\.updated"\]/,
    );
    expect((await call("GET", "config")).body).toMatchObject({ destinations: { crm: { events: ["call.*"] } } });
    const published = await admin.send(`${PATH}/publish`, form);
    expect([published.status, published.headers.get("location")]).toEqual([303, `${PATH}?said=config_published`]);
    expect(String(await env.CONFIG.get("relay"))).toMatch(new RegExp(`${SECRET.replaceAll("=", "=")}`));
    expect((await call("GET", "config")).body).toMatchObject({
      destinations: { crm: { events: ["call.*", "user.updated"] } },
    });
    expect((await audited()).at(-1)).toEqual(["admin", "config.replaced", "relay"]);
  });

  it("shows a secret that somebody writes in the field alone", async () => {
    const form = await edited((text) =>
      text.replace('"keys": [\n        "***"', '"keys": [\n        "canary-key-written"'),
    );
    const page = await admin.send(`${PATH}/check`, form);
    expect(fieldOf(page, "text")).toContain("canary-key-written");
    expect(page.html.replace(/<textarea.*?<\/textarea>/s, "")).not.toContain("canary-key-written");
  });

  it("tells all faults at their lines, and keeps what was typed", async () => {
    const form = await edited((text) => text.replace('"ucontact"', `"${"ucontakt"}"`).replace('"call.*"', '"cull.*"'));
    for (const act of ["check", "publish"]) {
      const page = await admin.send(`${PATH}/${act}`, form);
      expect(page.status).toBe(422);
      expect(textOf(page)).toMatch(/2 faults.*line \d+ sources\.acme\.vendor/);
      expect(fieldOf(page, "text")).toBe(form.text);
    }
    const page = await admin.send(`${PATH}/check`, { text: `{"sources": {"a": "${EVIL.replaceAll('"', '\\"')}"}}` });
    expectSafe(page);
    expect(page.status).toBe(422);
    expect((await admin.send(`${PATH}/publish`, { text: "no JSON" })).status).toBe(422);
    expect((await call("GET", "config/versions")).body.items).toHaveLength(1);
  });

  it("does not publish over somebody who was quicker, says who it was, and keeps the text", async () => {
    const form = await edited((text) => text.replace('"call.*"', '"user.updated"'));
    await call("PUT", "config", { ...CONFIG, destinations: { crm: { ...crm, events: ["message.*"] } } });
    const page = await admin.send(`${PATH}/publish`, form);
    expect([page.status, textOf(page)]).toEqual([412, expect.stringContaining("admin was quicker")]);
    expect(fieldOf(page, "text")).toBe(form.text);
    expect((await call("GET", "config")).body).toMatchObject({ destinations: { crm: { events: ["message.*"] } } });
    const over = await admin.send(`${PATH}/publish`, { text: form.text, version: fieldOf(page, "version") ?? "" });
    expect(over.status).toBe(303);
  });

  it("lists the versions, tells what rolling back would change, and rolls back", async () => {
    await call("PUT", "config", { ...CONFIG, destinations: {} });
    const list = await admin.open(`${PATH}/versions`);
    expect(textOf(list)).toMatch(/2 \S+ admin ● in force/);
    expect(linksOf(list, "1")).toContain(`${PATH}/versions/1`);
    const first = await admin.open(`${PATH}/versions/1`);
    expect(textOf(first)).toContain("New: destinations.crm http://127.0.0.1:9/?token=***");
    expect(first.html).not.toContain("canary-token");
    expect((await admin.open(`${PATH}/versions/9`)).status).toBe(404);
    const rolled = await admin.send(`${PATH}/roll-back`, { version: "1" });
    expect(rolled.headers.get("location")).toBe(`${PATH}?said=config_rolled_back`);
    expect((await call("GET", "config")).body).toMatchObject({ destinations: { crm: { events: ["call.*"] } } });
  });

  it("says what somebody put into KV by hand, valid and faulty, and what is passed over", async () => {
    await env.CONFIG.put("relay", '{"sources": 7}');
    expect(textOf(await admin.open(PATH))).toContain("is passed over: sources");
    await env.CONFIG.put(
      "relay",
      JSON.stringify({ ...CONFIG, destinations: { crm: { ...crm, mask: { "data.nope": "remove" } } } }),
    );
    const page = await admin.open(PATH);
    expect(textOf(page)).toMatch(/put into KV by hand.*faulty.*destinations\.crm\.mask\.data\.nope/);
  });

  it.each(["check", "publish", "roll-back"])("does no %s for others, or for another page", async (act) => {
    const form = { text: "{}", version: "1" };
    const from = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await (await signedInAs("operator")).send(`${PATH}/${act}`, form)).status).toBe(403);
    expect((await admin.send(`${PATH}/${act}`, form, from)).status).toBe(403);
    expect((await call("GET", "config/versions")).body.items).toHaveLength(1);
  });
});
