import { describe, expect, it } from "vitest";
import { parseRelay } from "../../../src/config/parse-relay.ts";
import { mask } from "../../../src/delivery/attempt/mask.ts";
import { parseJson } from "../../../src/events/json.ts";
import { parts } from "../../../src/events/parts/index.ts";
import { aDestination, anEvent } from "../event.ts";

const keyed = (name: string) => (name === "MASK_KEY" ? "mask-key-of-the-worker" : undefined);
const masked = async (rules: object, data: Record<string, unknown>, rest = {}) =>
  (await mask(anEvent(data, rest), aDestination({ mask: rules }), keyed)).data;

/** A value that tells where it stood, for each field that a class must cover. */
const personal = {
  phone: ["call.from", "call.to", "customer.phone", "user.current.mobilePhone", "user.previous.contactPhone"],
  email: ["agent.email", "customer.email", "message.to", "message.cc", "user.current.email"],
  name: ["agent.name", "agent.username", "customer.name", "user.username", "conversation.agents", "login.rules"],
  text: ["disposition.comment", "message.text", "message.subject", "ticket.description", "analysis.summary"],
};

function put(path: string, leaf: unknown): Record<string, unknown> {
  const [name = "", ...rest] = path.split(".");
  return { [name]: rest.length === 0 ? leaf : put(rest.join("."), leaf) };
}

describe("mask", () => {
  it.each(Object.entries(personal).flatMap(([name, paths]) => paths.map((path) => [name, path] as const)))(
    "%s covers %s, in every way it can be hidden",
    async (name, path) => {
      for (const leaf of ["canary-4711", ["canary-4711", "canary-4711"], { any: { deep: "canary-4711" } }]) {
        for (const action of ["remove", "last4", "pseudonym"]) {
          const sent = JSON.stringify(await masked({ [name]: action }, put(path, leaf)));
          expect(sent).not.toContain("canary");
        }
      }
    },
  );

  it.each(Object.keys(personal))("%s covers the tenant's own fields, and takes raw away", async (name) => {
    const data = {
      customer: { fields: { any: "canary" } },
      agent: { fields: { x: ["canary"] } },
      raw: { a: "canary" },
    };
    expect(JSON.stringify(await masked({ [name]: "remove" }, data))).not.toContain("canary");
  });

  it("names only parts that exist", () => {
    const paths = Object.values(personal).flat();
    expect(paths.filter((path) => !((path.split(".")[0] ?? "") in parts))).toEqual([]);
  });

  it("hides the tenant's own fields under every class, whatever they hold, and lets an empty text be empty", async () => {
    const data = {
      customer: { name: "Anna Customer", phone: "+3615550100", fields: { name: "Anna Customer", note: "" } },
    };
    expect(await masked({ phone: "last4" }, data)).toEqual({
      customer: { name: "Anna Customer", phone: "***0100", fields: { name: "***omer", note: "" } },
    });
    expect(await masked({ text: "pseudonym" }, { message: { text: "" } })).toEqual({ message: { text: "" } });
    expect(await masked({ text: "remove" }, { message: { id: "1", text: "" } })).toEqual({ message: { id: "1" } });
  });

  it("keeps all else, digits beyond a double's included", async () => {
    const data = {
      call: { id: "1", from: "+3615550100" },
      customer: { id: "2", fields: { big: parseJson("12345678901234567890") } },
    };
    expect(await masked({ phone: "last4" }, data)).toEqual({
      call: { id: "1", from: "***0100" },
      customer: { id: "2", fields: { big: "***7890" } },
    });
  });

  it("takes raw away with whatever it repeats, and masks inside it by path", async () => {
    const data = { call: { id: "1", from: "canary" }, raw: { a: 1, from: "canary" } };
    expect(await masked({ "data.call.from": "remove" }, data)).toEqual({ call: { id: "1" } });
    expect(await masked({ "data.raw.from": "remove" }, data)).toMatchObject({ raw: { a: 1 } });
  });

  it("hides the original value by the strictest of the rules that cover it", async () => {
    const data = (to: string) => ({ message: { to: [to] } });
    const rules = { phone: "last4", email: "pseudonym" };
    const one = await masked(rules, data("alice@example.com"));
    expect(one).toEqual({ message: { to: [expect.stringMatching(/^p_[0-9a-f]{20}$/)] } });
    expect(await masked(rules, data("bob@sample.com"))).not.toEqual(one);
    expect(await masked({ ...rules, name: "remove" }, data("alice@example.com"))).toEqual({ message: { to: [] } });
  });

  it("gives equal values equal pseudonyms, by a key that no receiver has", async () => {
    const rules = { phone: "pseudonym" };
    const one = await masked(rules, {
      call: { from: "+3615550100", to: "+3615550199" },
      customer: { phone: "+3615550199" },
    });
    const found = JSON.stringify(one).match(/p_[0-9a-f]{20}/g) ?? [];
    expect(found).toHaveLength(3);
    expect(found[1]).toBe(found[2]);
    expect(found[0]).not.toBe(found[1]);
  });

  it("removes what no key can make a pseudonym of, ADMIN_TOKEN being none", async () => {
    const event = anEvent({ call: { id: "1", from: "+3615550100" }, message: { to: ["+3615550100"] } });
    const token = (name: string) => (name === "ADMIN_TOKEN" ? "the-token" : undefined);
    for (const lookup of [() => undefined, token]) {
      expect((await mask(event, aDestination({ mask: { phone: "pseudonym" } }), lookup)).data).toEqual({
        call: { id: "1" },
        message: { to: [] },
      });
      const named = anEvent({}, { subject: "agent/nora_k" });
      expect((await mask(named, aDestination({ mask: { name: "pseudonym" } }), lookup)).subject).toBe("agent");
    }
  });

  it("hides whoever wrote in a conversation, by whatever class they go", async () => {
    const transcript = [{ from: "+36205550101" }, { from: "nora@example.com" }];
    const event = anEvent({ conversation: { transcript } });
    for (const name of ["phone", "email", "name"]) {
      const { data } = await mask(event, aDestination({ mask: { [name]: "remove" } }), keyed);
      expect(data).toEqual({ conversation: { transcript: [{}, {}] } });
    }
  });

  it("removes what is no text where the schema wants none, and hides it where anything may stand", async () => {
    const event = anEvent({ payment: { amount: 12, duringCall: true }, customer: { fields: { n: 1234567 } } });
    const wanted = {
      "data.payment.amount": "last4",
      "data.payment.duringCall": "pseudonym",
      "data.customer.fields.n": "last4",
    };
    const { data } = await mask(event, aDestination({ mask: wanted }), keyed);
    expect(data).toEqual({ payment: {}, customer: { fields: { n: "***4567" } } });
  });

  it("hides a name that stands in the subject", async () => {
    const event = anEvent({ agent: { username: "nora_k" } }, { subject: "agent/nora_k" });
    const { subject } = await mask(event, aDestination({ mask: { name: "last4" } }), keyed);
    expect(subject).toBe("agent/***ra_k");
    for (const digits of ["1001", "59899123456"]) {
      const inDigits = anEvent({ agent: { username: digits } }, { subject: `agent/${digits}` });
      expect((await mask(inDigits, aDestination({ mask: { name: "remove" } }), keyed)).subject).toBe("agent");
    }
    const withId = anEvent({ agent: { id: "1001", username: "1001" } }, { subject: "agent/1001" });
    expect((await mask(withId, aDestination({ mask: { name: "remove" } }), keyed)).subject).toBe("agent/1001");
    const byId = anEvent({}, { subject: "agent/41" });
    expect((await mask(byId, aDestination({ mask: { name: "remove" } }), keyed)).subject).toBe("agent/41");
  });

  it.each([
    [{ phones: "last4" }, "mask.phones"],
    [{ "customer.phone": "last4" }, "mask.customer.phone"],
    [{ "data.": "last4" }, "mask.data."],
    [{ data: "remove" }, "mask.data"],
    [{ "data.custmer.phone": "remove" }, "mask.data.custmer.phone"],
    [{ "data.customer.phonee": "remove" }, "mask.data.customer.phonee"],
    [{ "data.customer.phone.number": "remove" }, "mask.data.customer.phone.number"],
    [{ "data.conversation.transcript.0.text": "remove" }, "mask.data.conversation.transcript.0.text"],
    [{ "data.constructor": "remove" }, "mask.data.constructor"],
    [{ "data.customer.constructor": "remove" }, "mask.data.customer.constructor"],
  ])("is refused as configuration: %j", (rules, path) => {
    const document = {
      sources: {},
      destinations: { crm: { url: "https://crm.example.com", secrets: [], mask: rules } },
    };
    const parsed = parseRelay(JSON.stringify(document), { allowPrivate: false });
    expect(parsed).toMatchObject({ state: "faulty", faults: [{ path: `destinations.crm.${path}` }] });
  });

  it.each([
    "data.customer",
    "data.customer.phone",
    "data.customer.fields.anything.at.all",
    "data.agent.teamIds",
    "data.conversation.transcript.text",
    "data.user.current.mobilePhone",
    "data.payment.card.last4",
    "data.call.durations.talk",
    "data.login.projects.7",
    "data.raw",
    "data.raw.any.thing",
  ])("%s may be masked", (path) => {
    const crm = { url: "https://crm.example.com", secrets: [], mask: { [path]: "remove" } };
    expect(parseRelay(JSON.stringify({ sources: {}, destinations: { crm } }), { allowPrivate: false }).state).toBe(
      "valid",
    );
  });

  it("is refused where the raw format could not be masked", () => {
    const crm = { url: "https://crm.example.com", secrets: [], format: "raw", mask: { phone: "last4" } };
    expect(parseRelay(JSON.stringify({ sources: {}, destinations: { crm } }), { allowPrivate: false })).toMatchObject({
      state: "faulty",
      faults: [{ path: "destinations.crm.mask" }],
    });
  });
});
