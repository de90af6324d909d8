import type { Call } from "../../events/parts/call.ts";
import type { Named } from "../../events/parts/work.ts";
import { labelOf, type SourceSettings } from "../vendor.ts";

const SUFFIXED = /^(.*?)\s*(<-|->)$/s;
const directions = { "<-": "inbound", "->": "outbound" } as const;

/** The name without the mark of its direction. */
export function nameOf(written: string | undefined): string | undefined {
  return SUFFIXED.exec(written ?? "")?.[1] ?? written;
}

/** A campaign's name tells the direction of its calls: `Demo<-` is inbound, `Demo->` outbound. */
export function readCampaign(
  written: string | undefined,
  source: SourceSettings,
): { campaign: Named; direction: Pick<Call, "direction" | "directionLabel"> } {
  const [, , suffix] = SUFFIXED.exec(written ?? "") ?? [];
  const name = nameOf(written);
  const given = labelOf(source, "campaign", written) ?? labelOf(source, "campaign", name);
  return {
    campaign: { name: given?.label ?? (name === "" ? undefined : name), label: written },
    direction: suffix === "<-" || suffix === "->" ? { direction: directions[suffix], directionLabel: suffix } : {},
  };
}
