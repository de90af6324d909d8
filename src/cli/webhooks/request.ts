import { randomInt, randomUUID } from "node:crypto";
import { vendorOf } from "../../vendors/index.ts";
import type { KeyPlace } from "../../vendors/vendor.ts";
import { type Fresh, fill } from "./fill.ts";
import type { Sample } from "./sample.ts";
import { sampleZoneOf } from "./zone.ts";

/** Which relay and source a webhook goes to, and the key that proves it. */
export interface SendTarget {
  /** Where the relay is reached, e.g. `http://localhost:8787`. */
  readonly base: string;
  readonly source: string;
  readonly key: string;
}

/** Fresh ids and the current time, so that no webhook is sent twice. */
export function freshen(sample: Sample, key: string, now: number = Date.now()): Fresh {
  return {
    now,
    zone: sampleZoneOf(sample.vendor),
    key,
    id: randomInt(100_000_000, 1_000_000_000),
    uuid: randomUUID(),
    extension: randomInt(1000, 10_000),
  };
}

/** The request by which the vendor would send this sample, its key where the vendor puts it. */
export function buildRequest(sample: Sample, target: SendTarget, fresh: Fresh): Request {
  const path = ["in", target.source, ...(sample.kind === undefined ? [] : [sample.kind])].map(encodeURIComponent);
  const url = new URL(path.join("/"), `${target.base}/`);
  const headers = new Headers({ "user-agent": "hookswitch-send" });
  const body = fill(sample.body, fresh);
  if (!JSON.stringify(sample.body).includes("{{key}}")) {
    const place = keyPlaceOf(sample);
    if (place.in === "query") url.searchParams.set(place.name ?? "key", target.key);
    else headers.set(place.name ?? "authorization", target.key);
  }
  if (sample.method === "GET") {
    for (const [name, value] of parameters("", body)) url.searchParams.append(name, value);
    return new Request(url, { headers });
  }
  headers.set("content-type", "application/json");
  return new Request(url, { method: sample.method, headers, body: JSON.stringify(body) });
}

/** Where the vendor can put a key that is not in the body: the URL if it may. */
function keyPlaceOf(sample: Sample): KeyPlace {
  const places: readonly KeyPlace[] = vendorOf(sample.vendor).auth;
  return (
    places.find((place) => place.in === "query") ??
    places.find((place) => place.in === "header") ?? { in: "header", name: "authorization" }
  );
}

/** Parameters as PHP's http_build_query writes them: `list[0]=`; null and empty lists vanish. */
function parameters(name: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  return Object.entries(value).flatMap(([inner, field]) =>
    parameters(name === "" ? inner : `${name}[${inner}]`, field),
  );
}
