import type { Lookup } from "../../platform/lookup.ts";
import type { Fault, Parsed } from "../documents/parse.ts";
import { parseKeptRelay, parseRelay, touching } from "../parse-relay.ts";
import { remarkRelay } from "../remarks.ts";
import type { RelayDocument } from "../schema/relay.ts";
import { restoreSecrets } from "../secrets/hide-secrets.ts";
import { openSealed } from "../secrets/open-sealed.ts";
import type { UrlRules } from "../url-rules.ts";

/** By what a configuration is examined. */
export interface Known {
  readonly rules: UrlRules;
  /** Text of the configuration whose secrets `***` stands for; undefined when there is none. */
  readonly kept?: string | undefined;
  /** The configuration that `***` keeps is somebody else's to know: that it keeps a secret is only remarked on. */
  readonly isKeptElsewhere?: boolean | undefined;
  /** Undefined where nobody knows the Worker's secrets. */
  readonly lookup?: Lookup | undefined;
}

/** All that can be said of a configuration at once. */
export interface Examined {
  readonly state: Parsed<RelayDocument>["state"];
  /** With the secrets that `***` stands for; as it was given where one of them is not known. */
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly remarks: readonly Fault[];
}

/** Everything that is wrong with a configuration or remarkable about it, whatever else is wrong with it. */
export async function examine(
  given: string,
  { rules, kept, isKeptElsewhere = false, lookup }: Known,
): Promise<Examined> {
  const { text, faults: unrestored, hidden } = restore(given, kept);
  const parsed = parseRelay(text, rules);
  const understood = parsed.state === "invalid" ? parseKeptRelay(text, rules) : parsed;
  // What `***` stands for is not judged by its three stars.
  const unseen = new Set(hidden);
  const isJudged = ({ path }: Fault) => !unseen.has(path);
  const found = (parsed.state === "valid" ? [] : parsed.faults).filter(isJudged);
  const remarks = (await remarksOf(understood, lookup)).filter(isJudged);
  const faults = [...(isKeptElsewhere ? [] : unrestored), ...found];
  const isToldAlready = touching(faults);
  return {
    state: faults.length === 0 ? "valid" : parsed.state === "invalid" ? "invalid" : "faulty",
    text,
    faults,
    remarks: [
      ...(isKeptElsewhere ? hidden.map((path) => ({ path, message: KEPT_ELSEWHERE })) : []),
      ...remarks.filter((remark) => !isToldAlready(remark)),
    ],
  };
}

async function remarksOf(understood: Parsed<RelayDocument>, lookup: Lookup | undefined): Promise<Fault[]> {
  if (understood.state === "invalid") return [];
  const { value } = understood;
  return remarkRelay(value, lookup, lookup && (await openSealed(value, lookup)));
}

const KEPT_ELSEWHERE = "*** keeps the secret that the relay has; only the relay knows whether it has one";

interface Restored {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly hidden: readonly string[];
}

function restore(text: string, kept: string | undefined): Restored {
  try {
    return { text, faults: [], hidden: [], ...restoreSecrets(text, kept) };
  } catch (error) {
    // What is no JSON is told as such.
    if (error instanceof SyntaxError) return { text, faults: [], hidden: [] };
    throw error;
  }
}
