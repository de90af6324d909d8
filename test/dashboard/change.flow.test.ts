import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { askAs, askForDocument } from "../../src/api/ask.ts";
import { administrator } from "../../src/api/people/role.ts";
import { changeConfig, withMember } from "../../src/dashboard/configuration/change.ts";
import type { Visit } from "../../src/dashboard/page/visit.ts";
import { call } from "../api/call.ts";
import { aWork } from "../work.ts";

const source = { vendor: "ucontact", keys: ["env:UC_KEY"], timezone: "UTC" };
const crm = { url: "http://127.0.0.1:9/", secrets: [], timeoutMs: 5000 };

/** An admin; `meanwhile`: what somebody else does between reading and writing. */
function admin(meanwhile: () => Promise<unknown> = async () => undefined): Pick<Visit, "ask" | "read"> {
  const request = (version: string | undefined) => {
    const headers = new Headers(version === undefined ? {} : { "if-match": `"${version}"` });
    return { ...aWork(), caller: administrator, headers };
  };
  return {
    ask: (operation, { params = {}, query = {}, body = {}, ifMatch } = {}) =>
      askAs({ operation, parts: { params, query, body } }, request(ifMatch)),
    read: async (operation) => {
      const told = await askForDocument({ operation, parts: { params: {}, query: {}, body: {} } }, request(undefined));
      await meanwhile();
      return told;
    },
  };
}

beforeEach(async () => {
  await call("PUT", "config", { sources: { uc: source }, destinations: { crm } });
});

it("a change of the configuration changes what it is about, and nothing else", async () => {
  const made = { url: "http://127.0.0.1:9/", secrets: [] };
  expect(await changeConfig(admin(), (one) => withMember(one, "destinations", "bi", made))).toBeUndefined();
  expect(JSON.parse(String(await env.CONFIG.get("relay")))).toEqual({
    sources: { uc: source },
    destinations: { crm, bi: made },
  });
});

it("one that another came before of is not made, whatever it is about", async () => {
  const other = () =>
    call("PUT", "config", { sources: { uc: source }, destinations: { crm: { ...crm, timeoutMs: 7000 } } });
  const refusal = await changeConfig(admin(other), (one) => withMember(one, "sources", "second", source));
  expect(refusal).toMatchObject({ code: "precondition_failed", detail: expect.stringContaining("Somebody else") });
  const { body } = await call("GET", "config");
  expect(body).toEqual({ sources: { uc: source }, destinations: { crm: { ...crm, timeoutMs: 7000 } } });
});

it("the first source of a relay without a configuration is one", async () => {
  await env.CONFIG.delete("relay");
  await env.LOG.prepare("DELETE FROM document").run();
  expect(await changeConfig(admin(), (one) => withMember(one, "sources", "uc", source))).toBeUndefined();
  expect((await call("GET", "config")).body).toEqual({ sources: { uc: source } });
});
