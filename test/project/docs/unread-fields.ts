import { seal } from "../../../src/events/envelope.ts";
import { isObject, type Json } from "../../../src/events/json.ts";
import type { Vendor, Webhook } from "../../../src/vendors/vendor.ts";
import { type Fixture, fixturesOf } from "../../vendors/fixtures.ts";

type Path = readonly (string | number)[];

/** Values that tell something else than what stands there; one of them is of the type that belongs there. */
const others: readonly Json[] = ["2024-05-20T09:00:00Z", "0", "1", "5", 5, 1738574121.5, false, true];

/** The names of the members in a vendor's fixtures that no event tells anything of: change them, and nothing changes. */
export function unreadFieldsOf(vendor: Vendor): string[] {
  const [read, all, holders] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const fixture of fixturesOf(vendor)) {
    if (tell(vendor, fixture, fixture.webhook.body).startsWith('["vendor.unknown"')) continue;
    for (const path of pathsOf(fixture.webhook.body)) {
      const name = String(path.findLast((step) => typeof step === "string"));
      all.add(name);
      for (const step of path.slice(0, -1)) holders.add(String(step));
      if (!read.has(name) && matters(vendor, fixture, path)) read.add(name);
    }
  }
  // What holds other members elsewhere was only empty here.
  return [...all].filter((name) => !read.has(name) && !holders.has(name)).sort();
}

function matters(vendor: Vendor, fixture: Fixture, path: Path): boolean {
  const { body } = fixture.webhook;
  const before = tell(vendor, fixture, body);
  return others.some((value) => tell(vendor, fixture, replaceAt(body, path, value)) !== before);
}

/** What an event says of a body, without the body itself. */
function tell(vendor: Vendor, { webhook, source }: Fixture, body: Json): string {
  const changed: Webhook = { ...webhook, body };
  const { type, subject, time, data } = seal(vendor.normalize(changed, source), {
    eventId: "evt_",
    source: source.id,
    vendor: vendor.id,
    receipt: "rcpt_",
    receivedAt: webhook.receivedAt,
    publicUrl: "",
    raw: null,
    warnings: [],
  });
  return JSON.stringify([type, subject, time, data]);
}

/** The places of all plain values, and of what is empty. */
function pathsOf(value: Json, path: Path = []): Path[] {
  const inner: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return inner.length === 0 ? [path] : inner.flatMap(([name, field]) => pathsOf(field, [...path, name]));
}

function replaceAt(value: Json, [step, ...rest]: Path, replacement: Json): Json {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item: Json, at) => (at === step ? replaceAt(item, rest, replacement) : item));
  }
  if (!isObject(value)) return value;
  return { ...value, [step]: replaceAt(value[step] ?? null, rest, replacement) };
}
