import { CloudEvent, HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import { readArrival } from "../../src/cli/sink/arrival.ts";
import { collectDeliveries, type Delivery, DUE } from "./processes/deliveries.ts";
import { keys } from "./signer.ts";

let all: Delivery[] = [];
const of = (format: string) => all.filter(({ to }) => to === format);

beforeAll(async () => {
  all = await collectDeliveries();
}, 240_000);

const textHeaders = ({ headers }: Delivery) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
const read = ({ body }: Delivery): Record<string, unknown> => JSON.parse(body.toString());

function isVerified(delivery: Delivery, secret: string, body = delivery.body.toString()): boolean {
  try {
    new Webhook(secret).verify(body, textHeaders(delivery), { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

describe("the official libraries on npm", () => {
  it("standardwebhooks verifies each delivery by each secret, and none that was changed", () => {
    expect(all).toHaveLength(DUE);
    expect(all.every((delivery) => isVerified(delivery, keys.current) && isVerified(delivery, keys.next))).toBe(true);
    expect(all.some((delivery) => isVerified(delivery, keys.retired))).toBe(false);
    expect(all.some((delivery) => isVerified(delivery, keys.next, `${delivery.body} `))).toBe(false);
  });

  it.each(["application/cloudevents+json", "application/cloudevents+json; charset=utf-8"])(
    "cloudevents parses and validates each event: %s",
    (type) => {
      for (const delivery of of("cloudevents")) {
        const headers = { ...textHeaders(delivery), "content-type": type };
        const event = HTTP.toEvent({ headers, body: delivery.body.toString() });
        expect(event instanceof CloudEvent && event.validate()).toBe(true);
        const { id, source, type: name, specversion, data } = read(delivery);
        expect(event).toMatchObject({ id, source, type: name, specversion, data });
      }
    },
  );
});

describe("a delivery in the format cloudevents is of the structured mode of HTTP", () => {
  it("POST, its media type says so, no attribute is in a header, no batch", () => {
    for (const delivery of of("cloudevents")) {
      expect(delivery.method).toBe("POST");
      expect(delivery.headers["content-type"]).toBe("application/cloudevents+json");
      expect(Object.keys(delivery.headers).filter((name) => name.startsWith("ce-"))).toEqual([]);
      expect(read(delivery)).not.toBeInstanceOf(Array);
    }
  });

  it("its bytes are UTF-8, whatever letters the vendor sent", () => {
    const texts = of("cloudevents").map(({ body }) => new TextDecoder("utf-8", { fatal: true }).decode(body));
    expect(texts.some((text) => text.includes("Tóth Ágnes 🤝"))).toBe(true);
    expect(texts.some((text) => text.includes("12345678901234567890123"))).toBe(true);
  });

  it("id, source, type and specversion are there, and not empty", () => {
    for (const event of of("cloudevents").map(read)) {
      expect(event.specversion).toBe("1.0");
      for (const name of ["id", "source", "type"]) expect(event[name]).toEqual(expect.stringMatching(/./));
    }
  });

  it("what is optional is absent or what its type says: never null, never empty", () => {
    for (const { data, ...attributes } of of("cloudevents").map(read)) {
      expect(Object.keys(attributes).filter((name) => !/^[a-z0-9]+$/.test(name))).toEqual([]);
      // Of the types that an attribute may have, strings are the only one in use.
      expect(Object.values(attributes).filter((value) => typeof value !== "string" || value === "")).toEqual([]);
      expect(attributes.time).toEqual(expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/));
      expect(attributes.datacontenttype).toBe("application/json");
      expect(URL.canParse(String(attributes.dataschema))).toBe(true);
      expect(attributes).not.toHaveProperty("data_base64");
      expect(data).toBeTypeOf("object");
    }
  });

  it("two events of one source have two ids, which are their webhook-id", () => {
    const ids = of("cloudevents").map((delivery) => String(read(delivery).id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(of("cloudevents").map(({ headers }) => headers["webhook-id"]));
  });
});

it.each(["standard", "raw"])(
  "a delivery in the format %s tells of its event in ce- headers of printable ASCII",
  (format) => {
    for (const delivery of of(format)) {
      expect(delivery.headers["content-type"]).toBe("application/json");
      expect(delivery.headers["ce-id"]).toBe(delivery.headers["webhook-id"]);
      for (const [name, value] of Object.entries(textHeaders(delivery))) {
        if (name.startsWith("ce-")) expect(value).toMatch(/^[!#-~]+$/);
      }
    }
  },
);

describe("the sink reads an event", () => {
  const attributes = { id: "1234-1234", source: "/mycontext", type: "com.example.ended", subject: "call/1" };

  it.each(["application/cloudevents+json", "application/cloudevents+json; charset=utf-8"])(
    "in structured mode: %s",
    (type) => {
      const body = JSON.stringify({ specversion: "1.0", ...attributes, data: { message: "Hello" } });
      expect(readArrival(body, { "content-type": type }, "valid", 0)).toMatchObject(attributes);
    },
  );

  it.each(["application/json", "application/json; charset=utf-8"])("in binary mode: %s", (type) => {
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    const arrival = readArrival('{"message":"Hello"}', { "content-type": type, ...headers }, "valid", 0);
    expect(arrival).toMatchObject({ ...attributes, body: { message: "Hello" } });
  });
});
