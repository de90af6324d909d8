import * as z from "zod";
import { destination } from "./destination.ts";
import { DEFAULT_PORTS, type RefusalReason, refuseUrl } from "./guard.ts";
import { source, sourceId } from "./source.ts";

/** The document at key `relay` of the `CONFIG` namespace. */
export const relay = z.strictObject({
  $schema: z.string().optional(),
  sources: z.record(sourceId, source),
  destinations: z.record(sourceId, destination).default({}),
});

export type RelayDocument = z.infer<typeof relay>;

/** One thing that is wrong with a document, and where: `sources.acme.keys.0`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads a JSON text by a schema; every fault is named with its path. */
export function parseDocument<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, faults: [{ path: "", message: "not JSON" }] };
  }
  const result = schema.safeParse(json);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(issue)) };
}

/** Of a union's alternatives, the one that the author had in mind tells its faults: the only one of the right kind. */
function faultsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Fault[] {
  const path = [...above, ...issue.path];
  const meant = issue.code === "invalid_union" ? issue.errors.filter((issues) => !issues.some(isOfWrongKind)) : [];
  const [alternative] = meant;
  return meant.length === 1 && alternative !== undefined
    ? alternative.flatMap((inner) => faultsOf(inner, path))
    : [{ path: path.join("."), message: issue.message }];
}

function isOfWrongKind({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

const refusals: Readonly<Record<RefusalReason, string>> = {
  not_a_url: "not a URL",
  not_https: "only https is delivered to",
  credentials: "no user or password in the URL; use headers",
  private_address: "not an address of the public internet",
  ip_literal: "a name is needed, not an IP address",
  private_name: "not a name of the public internet",
  port: "this port is not allowed; DESTINATION_PORTS lists those that are",
};

/**
 * The configuration document, checked also for what the schema alone cannot know.
 * @param allowPrivate destinations may be http and private (local development)
 * @param ports those that destinations may name
 */
export function parseRelay(
  text: string,
  allowPrivate: boolean,
  ports: readonly number[] = DEFAULT_PORTS,
): Parsed<RelayDocument> {
  const parsed = parseDocument(text, relay);
  if (!parsed.ok) return parsed;
  const { sources, destinations } = parsed.value;
  const urls = [
    ...Object.entries(destinations).map(([id, { url }]) => [`destinations.${id}.url`, url] as const),
    ...Object.entries(sources).map(([id, { guard }]) => [`sources.${id}.guard.ask`, guard.ask] as const),
  ];
  const faults = urls.flatMap(([path, url]): Fault[] => {
    const reason = url === undefined ? undefined : refuseUrl(url, { allowPrivate, ports });
    return reason === undefined ? [] : [{ path, message: `${reason}: ${refusals[reason]}` }];
  });
  return faults.length > 0 ? { ok: false, faults } : parsed;
}
