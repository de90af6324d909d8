import { eventTypes, matchesType } from "../../events/types.ts";
import { type Fault, withNear } from "../documents/parse.ts";
import type { DestinationDocument } from "../schema/destination.ts";
import { isMaskClass } from "../schema/mask-class.ts";
import { explainUrl, type UrlRules } from "../url-rules.ts";
import { explainMask } from "./event-path.ts";
import { explainHeader } from "./header.ts";

/**
 * What is wrong with a destination beyond its schema, its secrets aside. Paths begin at the destination.
 * @param known ids of the sources that there are
 */
export function checkDestination(
  destination: DestinationDocument,
  known: ReadonlySet<string>,
  rules: UrlRules,
): Fault[] {
  const { url, events, mask, format, headers } = destination;
  const names = Object.keys(mask);
  return [
    ...toFaults([["url", explainUrl(url, rules)]]),
    ...checkPatterns(events),
    ...checkSources(destination.sources, known),
    ...names.flatMap((name) => {
      const astray = explainMask(name);
      return astray === undefined ? [] : { path: `mask.${name}`, ...astray };
    }),
    ...toFaults([["mask", format === "raw" && names.some(isMaskClass) ? RAW_MASK : undefined]]),
    ...toFaults(Object.keys(headers).map((name) => [`headers.${name}`, explainHeader(name, Object.keys(headers))])),
  ];
}

const RAW_MASK = "the raw format is the vendor's own body, in which no class can be masked; mask paths below data.raw";

function toFaults(explained: readonly (readonly [path: string, message: string | undefined])[]): Fault[] {
  return explained.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]));
}

function checkPatterns(patterns: readonly string[]): Fault[] {
  const groups = eventTypes.map((type) => type.replace(/\.[^.]*$/, ".*"));
  return patterns.flatMap((pattern, position) => {
    if (eventTypes.some((type) => matchesType(pattern, type))) return [];
    const fault = {
      path: `events.${position}`,
      message: "no such event type; use a type, a group such as call.*, or *",
    };
    return withNear(fault, pattern, [...eventTypes, ...groups]);
  });
}

function checkSources(ids: readonly string[], known: ReadonlySet<string>): Fault[] {
  return ids.flatMap((id, position) =>
    id === "*" || known.has(id)
      ? []
      : withNear({ path: `sources.${position}`, message: "there is no such source" }, id, known),
  );
}
