import { eventTypes, matchesType } from "../../events/types.ts";
import type { Fault } from "../documents/parse.ts";
import type { DestinationDocument } from "../schema/destination.ts";
import { isMaskClass } from "../schema/mask-class.ts";
import { explainUrl, type UrlRules } from "../url-rules.ts";
import { explainMask } from "./mask-path.ts";

/** What is wrong with a destination beyond its schema, its secrets aside. Paths begin at the destination. */
export function checkDestination(destination: DestinationDocument, rules: UrlRules): Fault[] {
  const { url, events, mask, format, headers } = destination;
  const names = Object.keys(mask);
  return [
    ...toFaults([["url", explainUrl(url, rules)]]),
    ...toFaults(events.map((pattern, position) => [`events.${position}`, explainPattern(pattern)])),
    ...toFaults(names.map((name) => [`mask.${name}`, explainMask(name)])),
    ...toFaults([["mask", format === "raw" && names.some(isMaskClass) ? RAW_MASK : undefined]]),
    ...toFaults(Object.keys(headers).map((name) => [`headers.${name}`, explainHeader(name, Object.keys(headers))])),
  ];
}

const RAW_MASK = "the raw format is the vendor's own body, in which no class can be masked; mask paths below data.raw";

function toFaults(explained: readonly (readonly [path: string, message: string | undefined])[]): Fault[] {
  return explained.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]));
}

function explainPattern(pattern: string): string | undefined {
  const isKnown = eventTypes.some((type) => matchesType(pattern, type));
  return isKnown ? undefined : "no such event type; use a type, a group such as call.*, or *";
}

/** Headers that are ours to set already, the connection's (RFC 9110, 7.6.1), or the platform's. */
const RESERVED: ReadonlySet<string> = new Set([
  "cdn-loop",
  "connection",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "traceparent",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);
const RESERVED_BEGINNINGS = ["ce-", "cf-", "content-", "proxy-", "webhook-"];

function explainHeader(name: string, names: readonly string[]): string | undefined {
  const plain = name.toLowerCase();
  const isReserved = RESERVED.has(plain) || RESERVED_BEGINNINGS.some((beginning) => plain.startsWith(beginning));
  if (isReserved) return "this header is ours to set, or the connection's";
  const twice = names.filter((other) => other.toLowerCase() === plain).length > 1;
  return twice ? "this header stands there twice, in different letters" : undefined;
}
