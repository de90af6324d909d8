import * as z from "zod";
import { type Place, readWritten, type Written } from "../../config/documents/edit.ts";
import type { Source } from "../../config/load-relay.ts";
import { sourceId } from "../../config/schema/source.ts";
import type { PermissionsDocument } from "../../login/rules.ts";
import { parseKeptPermissions } from "../../login/store/parse-permissions.ts";
import { mapZoneOf, placePermissions, ruleZoneOf } from "../../login/store/permissions.ts";
import type { Work } from "../../platform/work.ts";
import { Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";

/** The path of a map. */
export const mapPath = z.object({ source: z.string() });

/** The map of a source: where it stands, and how. */
export interface FoundMap {
  readonly source: Source;
  /** The zone of times that have none. */
  readonly zone: string;
  /** The zone by which rules apply; undefined where nobody can tell. */
  readonly ruleZone: string | undefined;
  readonly place: Place;
  readonly written: Written;
}

/** Finds the map of a configured source. */
export async function findMap(id: string, request: Work): Promise<FoundMap | Refusal<"not_found" | "not_ready">> {
  const source = await findSource(id, request);
  if (source instanceof Refusal) return source;
  const place = placePermissions(request.env, source);
  return {
    source,
    zone: mapZoneOf(source),
    ruleZone: ruleZoneOf(source),
    place,
    written: await readWritten(place, request.now),
  };
}

/** Finds a configured source. */
async function findSource(id: string, work: Work) {
  const relay = await relayInForce(work);
  if (relay instanceof Refusal) return relay;
  const source = sourceId.safeParse(id).success ? relay.sources.get(id) : undefined;
  return source ?? new Refusal("not_found", "No source of this id is configured.");
}

/** The text of a kept version as the map that it was, whatever became of the schema since; undefined when there is none. */
export function readMap(text: string | undefined): PermissionsDocument | undefined {
  return text === undefined ? undefined : parseKeptPermissions(text).value;
}
