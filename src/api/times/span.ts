import { loadRelay } from "../../config/load-relay.ts";
import { hasOffset } from "../../login/moment.ts";
import { mapZoneOf } from "../../login/store/permissions.ts";
import type { Work } from "../../platform/work.ts";
import { momentText, readMoment, zoneName } from "./moment.ts";

/** The parameters of a time span. */
export const spanParameters = {
  since: momentText.optional().describe("from this time on: RFC 3339, 2026-11-20 9:02, 9:02 or yesterday 9:02"),
  until: momentText.optional().describe("before this time"),
  zone: zoneName.optional().describe("IANA zone of times that name none: the source's, else UTC"),
};

/** A time span as it is asked for. */
export interface AskedSpan {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
  readonly source?: string | undefined;
}

/** A time span in milliseconds since the epoch; `since` inclusive, `until` exclusive. */
export interface Span {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Reads a span by the zone that is named, else by the source's. */
export async function readSpan({ since, until, zone, source }: AskedSpan, work: Work): Promise<Span> {
  const isZoned = [since, until].every((text) => text === undefined || hasOffset(text));
  const by = zone ?? (isZoned ? "UTC" : await zoneOf(source, work));
  const read = (text: string | undefined) => (text === undefined ? undefined : readMoment(text, by, work.now));
  return { since: read(since), until: read(until) };
}

/** The zone of a source; UTC where none is meant, or nobody knows. */
export async function zoneOf(source: string | undefined, work: Work): Promise<string> {
  if (source === undefined) return "UTC";
  const loaded = await loadRelay(work);
  const found = loaded.state === "ready" ? loaded.value.sources.get(source) : undefined;
  return found === undefined ? "UTC" : mapZoneOf(found);
}
