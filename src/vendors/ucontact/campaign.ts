import type { Call } from "../../events/parts/call.ts";
import type { Named } from "../../events/parts/work.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";

const directions = { "<-": "inbound", "->": "outbound" } as const;

/** The mark at the end of a campaign's name that tells the direction of its calls. */
function suffixOf(written: string): keyof typeof directions | undefined {
  return written.endsWith("<-") ? "<-" : written.endsWith("->") ? "->" : undefined;
}

/** The name without the mark of its direction. */
export function nameOf(written: string | undefined): string | undefined {
  const suffix = suffixOf(written ?? "");
  return suffix === undefined ? written : written?.slice(0, -suffix.length).trimEnd();
}

/** A campaign's name tells the direction of its calls: `Demo<-` is inbound, `Demo->` outbound. */
export function readCampaign(
  written: string | undefined,
  source: SourceSettings,
): { campaign: Named; direction: Pick<Call, "direction" | "directionLabel"> } {
  const suffix = suffixOf(written ?? "");
  const name = nameOf(written);
  const given = labelOf(source, "campaign", written) ?? labelOf(source, "campaign", name);
  return {
    campaign: { name: given?.label ?? (name === "" ? undefined : name), label: written },
    direction: suffix === undefined ? {} : { direction: directions[suffix], directionLabel: suffix },
  };
}
