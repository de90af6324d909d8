import type { AskedKind } from "../../vendors/asked-kind.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Fault } from "../documents/parse.ts";
import { toReply } from "../otherwise.ts";
import type { ResponderDocument, RespondersDocument } from "../schema/responders.ts";
import { explainUrl, type UrlRules } from "../url-rules.ts";
import { explainHeader } from "./header.ts";

/** What is wrong with the responders of a source beyond their schema, their secrets aside. Paths begin at the source. */
export function checkResponders(responders: RespondersDocument | undefined, vendor: Vendor, rules: UrlRules): Fault[] {
  if (responders === undefined) return [];
  const { asked } = vendor;
  if (asked === undefined) {
    return [{ path: "responders", message: `${vendor.name} asks nothing that a responder could answer` }];
  }
  return Object.entries(responders).flatMap(([kind, one]) =>
    one === undefined || asked[kind] === undefined
      ? []
      : checkOne(one, asked[kind], vendor, rules).map(([path, message]) => ({
          path: `responders.${kind}.${path}`,
          message,
        })),
  );
}

type Wrong = readonly [path: string, message: string];

function checkOne(
  { ask, headers, otherwise, cache }: ResponderDocument,
  kind: AskedKind,
  { name }: Vendor,
  rules: UrlRules,
): Wrong[] {
  const names = Object.keys(headers);
  const url = explainUrl(ask, rules);
  return [
    ...(url === undefined ? [] : [["ask", url] as const]),
    ...names.flatMap((header): Wrong[] => {
      const message = explainHeader(header, names);
      return message === undefined ? [] : [[`headers.${header}`, message]];
    }),
    ...(otherwise === undefined || fitsKind(otherwise, kind)
      ? []
      : [["otherwise", `not an answer that ${name} takes here, or too large`] as const]),
    ...(cache !== undefined && kind.keptMethod === undefined
      ? [["cache", "its answers are not kept: only those of ivr are, by GET"] as const]
      : []),
  ];
}

function fitsKind(otherwise: NonNullable<ResponderDocument["otherwise"]>, { judge, maxBytes }: AskedKind): boolean {
  const reply = toReply(otherwise);
  return reply.bytes.byteLength <= maxBytes && typeof judge(reply, null) === "object";
}
