import type { Named } from "../../events/parts/work.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";

/** VCC Live's project is what other vendors call a campaign, so it fills both parts. */
export function projectOf(
  source: SourceSettings,
  id: string | undefined,
  name?: string,
): { readonly project: Named; readonly campaign: Named } {
  return { project: { id, name }, campaign: { id, name, label: labelOf(source, "campaign", id)?.label } };
}
