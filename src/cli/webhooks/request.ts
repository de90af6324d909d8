import { randomInt, randomUUID } from "node:crypto";
import type { KeyPlaces } from "../../config/schema/key-place.ts";
import type { SignatureScheme } from "../../config/schema/signature.ts";
import { vendorOf } from "../../vendors/index.ts";
import type { KeyPlace } from "../../vendors/vendor.ts";
import { type Fresh, fill } from "./fill.ts";
import type { Sample } from "./sample.ts";
import { signHeaders } from "./sign.ts";
import { sampleZoneOf } from "./zone.ts";

/** Which relay and source a webhook goes to, and what proves it. */
export interface SendTarget {
  /** Where the relay is reached, e.g. `http://localhost:8787`. */
  readonly base: string;
  readonly source: string;
  readonly key: string;
  /** Where the source wants the key; where the vendor puts it, unless given. */
  readonly auth?: KeyPlaces | undefined;
  /** How the source's webhooks are signed; its key is not sent then. */
  readonly signature?: SignatureScheme | undefined;
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

/** The request by which the vendor would send this sample, with what proves it. */
export function buildRequest(sample: Sample, target: SendTarget, fresh: Fresh): Request {
  const { signature, key } = target;
  const url = new URL(pathTo(sample, target), `${target.base}/`);
  const headers = new Headers({ "user-agent": "hookswitch-send" });
  const filled = fill(sample.body, signature === undefined ? fresh : { ...fresh, key: "" });
  const place = placeOf(sample, target);
  if (place?.in === "query") url.searchParams.set(place.name ?? usualName(sample, "query") ?? "key", key);
  if (place?.in === "header") headers.set(headerOf(place, sample), [place.prefix, key].filter(Boolean).join(" "));
  if (place?.in === "basic") headers.set(headerOf(place, sample), `Basic ${Buffer.from(key).toString("base64")}`);
  const body =
    place?.in === "body" ? withMember(filled, place.name ?? usualName(sample, "body") ?? "key", key) : filled;
  if (sample.method === "GET") {
    for (const [name, value] of parameters("", body)) url.searchParams.append(name, value);
    return new Request(url, { headers });
  }
  headers.set("content-type", "application/json");
  const text = sample.text ?? JSON.stringify(body);
  const proof = signature === undefined ? {} : signHeaders(signature, key, text, fresh.now);
  for (const [name, value] of Object.entries(proof)) headers.set(name, value);
  return new Request(url, { method: sample.method, headers, body: text });
}

function pathTo(sample: Sample, target: SendTarget): string {
  const key = placeOf(sample, target)?.in === "path" ? ["-", target.key] : [];
  return ["in", target.source, ...key, ...(sample.kind === undefined ? [] : [sample.kind])]
    .map(encodeURIComponent)
    .join("/");
}

/** Where the key goes; nowhere when the body has it already, or signs with it. */
function placeOf(sample: Sample, { auth, signature }: SendTarget): KeyPlace | undefined {
  if (signature !== undefined) return undefined;
  if (auth !== undefined) return [auth].flat()[0];
  return JSON.stringify(sample.body).includes("{{key}}") ? undefined : usualPlaceOf(sample);
}

/** Where the vendor can put a key that is not in the body: the URL if it may. */
function usualPlaceOf(sample: Sample): KeyPlace {
  const places: readonly KeyPlace[] = vendorOf(sample.vendor).auth;
  return (
    places.find((place) => place.in === "query") ??
    places.find((place) => place.in === "header") ?? { in: "header", name: "authorization" }
  );
}

function usualName(sample: Sample, where: KeyPlace["in"]): string | undefined {
  const places: readonly KeyPlace[] = vendorOf(sample.vendor).auth;
  return places.find((place) => place.in === where)?.name;
}

function headerOf(place: KeyPlace, sample: Sample): string {
  return place.name ?? usualName(sample, place.in) ?? "authorization";
}

function withMember(body: unknown, name: string, key: string): unknown {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, [name]: key } : body;
}

/** Parameters as PHP's http_build_query writes them: `list[0]=`; null and empty lists vanish. */
function parameters(name: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  return Object.entries(value).flatMap(([inner, field]) =>
    parameters(name === "" ? inner : `${name}[${inner}]`, field),
  );
}
