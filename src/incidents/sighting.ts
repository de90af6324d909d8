import type { About } from "../events/parts/incident.ts";
import type { RelayType } from "../events/types.ts";

/** Something that is so now and that an incident tells of. */
export interface Sighting {
  readonly type: RelayType;
  readonly about: About;
  /** Since when it is so, milliseconds since the epoch; undefined: since it is seen. */
  readonly since?: number | undefined;
  /** For how long it has to be so before anybody is told; milliseconds. */
  readonly afterMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly sentence: string;
  readonly next: string;
}

/** What tells one incident from another. */
export function keyOf({ type, about }: Pick<Sighting, "type" | "about">): string {
  return [type, about.kind, about.id].join(" ");
}
