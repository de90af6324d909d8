import type { NoAnswerReason } from "../events/parts/answer.ts";
import type { Lookup } from "../platform/lookup.ts";
import type { AskedKind, Reply } from "../vendors/asked-kind.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { explainHeader } from "./check/header.ts";
import { explainValue } from "./check/secret.ts";
import { toReply } from "./otherwise.ts";
import type { ResponderDocument, RespondersDocument } from "./schema/responders.ts";
import { resolveReference } from "./secrets/reference.ts";
import { readSigningKey } from "./secrets/signing-key.ts";
import { refuseUrl, urlRules } from "./url-rules.ts";

/** The system of the user that answers the questions of one kind: how it is asked, and what is answered otherwise. */
export interface Responder {
  /** The kind of its questions. */
  readonly name: string;
  readonly kind: AskedKind;
  readonly ask: string;
  readonly secrets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** For connection, head and body together. */
  readonly timeoutMs: number;
  readonly cache?: ResponderDocument["cache"];
  /** Whether question and answer are stored. */
  readonly record: boolean;
  readonly otherwise?: Reply | undefined;
  /** Why it is never asked: a part of its configuration is faulty, or stands for nothing. */
  readonly unusable?: NoAnswerReason | undefined;
}

/** The responders of a source by kind; what is faulty in one is left out, or it is not asked. */
export function compileResponders(
  responders: RespondersDocument = {},
  { asked = {} }: Vendor,
  lookup: Lookup,
): ReadonlyMap<string, Responder> {
  const known = Object.entries(responders).flatMap(([name, one]): [string, Responder][] => {
    const kind = Object.hasOwn(asked, name) ? asked[name] : undefined;
    return one === undefined || kind === undefined ? [] : [[name, compile(name, one, kind, lookup)]];
  });
  return new Map(known);
}

function compile(name: string, one: ResponderDocument, kind: AskedKind, lookup: Lookup): Responder {
  const { ask, timeoutMs = kind.timeoutMs, cache, record, otherwise } = one;
  const secrets = one.secrets.map((reference) => resolveReference(reference, lookup, "signing"));
  const names = Object.keys(one.headers);
  const headers = Object.entries(one.headers).flatMap(([header, value]) => {
    const resolved = resolveReference(value, lookup, "header");
    const isSendable = resolved !== undefined && explainValue(resolved, "header", undefined) === undefined;
    return isSendable && explainHeader(header, names) === undefined ? [[header, resolved] as const] : [];
  });
  const unusable =
    refuseUrl(ask, urlRules(lookup)) !== undefined
      ? "refused_url"
      : secrets.some((secret) => secret === undefined || readSigningKey(secret) === undefined)
        ? "unusable_secret"
        : headers.length < names.length
          ? "unresolved_header"
          : undefined;
  return {
    name,
    kind,
    ask,
    secrets: secrets.flatMap((secret) => secret ?? []),
    headers: Object.fromEntries(headers),
    timeoutMs,
    cache,
    record,
    otherwise: otherwise === undefined ? undefined : toReply(otherwise),
    unusable,
  };
}
