import { isSupportedCountry } from "libphonenumber-js/min";
import { vendorOf } from "../../vendors/index.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Fault } from "../documents/parse.ts";
import type { KeyPlaces } from "../schema/key-place.ts";
import { labelClasses } from "../schema/labels.ts";
import type { SourceDocument } from "../schema/source.ts";
import { isTimezone } from "../schema/timezone.ts";
import { explainUrl, type UrlRules } from "../url-rules.ts";
import { checkResponders } from "./responders.ts";

/** What is wrong with a source beyond its schema, its secrets aside. Paths begin at the source. */
export function checkSource(source: SourceDocument, rules: UrlRules): Fault[] {
  const { timezone, region, auth, signature, generic, guard, hours } = source;
  const vendor: Vendor = vendorOf(source.vendor);
  return [
    ...faultIf(
      timezone !== undefined && !isTimezone(timezone),
      "timezone",
      "not an IANA time zone, such as Europe/Budapest",
    ),
    ...faultIf(
      hours?.tz !== undefined && !isTimezone(hours.tz),
      "hours.tz",
      "not an IANA time zone, such as Europe/Budapest",
    ),
    ...faultIf(
      region !== undefined && !isSupportedCountry(region),
      "region",
      "not an ISO 3166 country code, such as HU",
    ),
    ...checkLabels(source),
    ...checkEncryption(source, vendor),
    ...checkGuard(guard, rules),
    ...checkResponders(source.responders, vendor, rules),
    ...faultIf(
      generic !== undefined && source.vendor !== "generic",
      "generic",
      "only sources of the vendor generic have it",
    ),
    ...faultIf(
      signature !== undefined && auth !== undefined,
      "auth",
      "a source with a signature is presented no key: leave one of the two out",
    ),
    ...(auth === undefined ? [] : checkPlaces(auth)),
  ];
}

function faultIf(wrong: boolean, path: string, message: string): Fault[] {
  return wrong ? [{ path, message }] : [];
}

/** A label whose class is none of its kind's keeps its words and has no class. */
function checkLabels({ labels = {} }: SourceDocument): Fault[] {
  return (["disposition", "result", "status"] as const).flatMap((kind) => {
    const classes: readonly string[] = labelClasses[kind];
    return Object.entries(labels[kind] ?? {}).flatMap(([id, { outcome }]) =>
      faultIf(
        outcome !== undefined && !classes.includes(outcome),
        `labels.${kind}.${id}.outcome`,
        `has to be one of ${classes.join(", ")}`,
      ),
    );
  });
}

function checkEncryption({ encryption = [] }: SourceDocument, vendor: Vendor): Fault[] {
  return encryption.flatMap(({ cipher }, position) => {
    const message = explainSourceCipher(cipher, vendor);
    return message === undefined ? [] : [{ path: `encryption.${position}.cipher`, message }];
  });
}

/** Why bodies in this cipher cannot be decrypted; undefined when they can. */
export function explainSourceCipher(cipher: string, { name, encryption }: Vendor): string | undefined {
  return encryption === undefined ? `${name} does not encrypt its bodies` : encryption.explain(cipher);
}

function checkGuard({ mode, ask }: SourceDocument["guard"], rules: UrlRules): Fault[] {
  if (ask === undefined) return [];
  const message = mode === "enforce" ? "only a guard in the shadow asks another" : explainUrl(ask, rules);
  return message === undefined ? [] : [{ path: "guard.ask", message }];
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function checkPlaces(auth: KeyPlaces): Fault[] {
  const places =
    "in" in auth ? [["auth", auth] as const] : auth.map((place, position) => [`auth.${position}`, place] as const);
  return places.flatMap(([path, place]) => [
    ...faultIf(
      place.in === "body" && place.name === "headers",
      `${path}.name`,
      "the member headers of a body never counts as proof: name another one",
    ),
    ...faultIf(
      (place.in === "header" || place.in === "basic") && !HEADER_NAME.test(place.name ?? "authorization"),
      `${path}.name`,
      "not a header name",
    ),
  ]);
}
