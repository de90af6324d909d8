import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { parseJson } from "../../src/events/json.ts";
import { generic } from "../../src/vendors/generic/index.ts";
import { keys } from "../receivers/signer.ts";
import { makeVectors, type Vector } from "../receivers/vectors.ts";
import { type Door, openDoor } from "./door.ts";

const source = { vendor: "generic", keys: [keys.current, keys.next], signature: "standard-webhooks" };
const mapping = { event: "type", id: "id", time: "time", subject: "{subject}" };
let door: Door;

beforeEach(async () => {
  door = await openDoor({
    signed: source,
    plain: { vendor: "generic", keys: ["plain-key"], generic: mapping },
  });
  // That it refuses is what is tried, not how often.
  door.limiter = "fails";
});
afterEach(() => door.settle());

test("a source signed by Standard Webhooks believes what the published vectors say, and nothing else", async () => {
  const { vectors } = await makeVectors(Math.floor(Date.now() / 1000));
  const verdicts = [];
  for (const { name, headers, body } of vectors) {
    const { status } = await door.knock("/in/signed/event", { method: "POST", headers, body });
    verdicts.push([name, status]);
  }
  // Its keys are secrets of v1, so a public key proves nothing here; and milliseconds are understood as what they are.
  const isBelieved = ({ name, valid, needs }: Vector) => (valid && needs === undefined) || name === "milliseconds";
  expect(verdicts).toEqual(vectors.map((vector) => [vector.name, isBelieved(vector) ? 200 : 401]));
});

describe("a CloudEvent, as HTTP carries it, is taken as JSON", () => {
  const data = { message: "Tóth 🤝", n: 1.5 };
  const attributes = {
    specversion: "1.0",
    id: "b5f1c2d0",
    source: "/acme/calls",
    type: "com.acme.call.ended",
    subject: "call/4711",
    time: "2026-11-20T10:01:59+01:00",
  };
  const post = async (body: unknown, headers: Record<string, string>) => {
    const { status } = await door.post("/in/plain", body, { authorization: "plain-key", ...headers });
    expect(status).toBe(200);
    return parseJson(door.queued[0]?.body ?? "");
  };

  it.each(["application/cloudevents+json", "application/cloudevents+json; charset=utf-8"])(
    "in structured mode: %s",
    async (type) => {
      const event = { ...attributes, datacontenttype: "application/json", data };
      expect(await post(event, { "content-type": type })).toEqual(event);
    },
  );

  it.each(["application/json", "application/json; charset=utf-8"])("in binary mode, its data: %s", async (type) => {
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    expect(await post(data, { "content-type": type, ...headers })).toEqual(data);
  });

  it("in batches, as one webhook: nothing of it is lost", async () => {
    const batch = [
      { ...attributes, data },
      { ...attributes, id: "b5f1c2d1", data },
    ];
    expect(await post(batch, { "content-type": "application/cloudevents-batch+json" })).toEqual(batch);
  });

  it("and a mapping gives the event its type, time and subject", () => {
    const body = parseJson(JSON.stringify({ ...attributes, data }));
    const receivedAt = Date.parse("2026-11-20T09:02:03Z");
    const draft = generic.normalize({ kind: undefined, body, receivedAt }, { id: "plain", generic: mapping });
    expect(draft).toMatchObject({ vendorEvent: attributes.type, subject: attributes.subject });
    expect(JSON.stringify(draft)).toContain("2026-11-20T09:01:59");
  });
});
