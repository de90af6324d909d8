import { dispositionOutcome } from "../../events/classes.ts";
import type { Warning } from "../../events/draft.ts";
import type { Disposition } from "../../events/parts/work.ts";
import { knownFigure } from "../../events/values/figure.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { readMoment } from "../values/moment.ts";
import type { CallRecord } from "./call-record.ts";

/** What the agent made of the call. The ids are the instance's own: only the source's labels give them a meaning. */
export function readDisposition(
  record: CallRecord,
  source: SourceSettings,
  final: boolean,
): { disposition: Disposition; warnings: readonly Warning[] } {
  const given = labelOf(source, "disposition", record.agent_disp);
  const { at, warnings } = readMoment(record.callback_time, source);
  return {
    disposition: {
      id: record.agent_disp,
      label: given?.label,
      outcome: dispositionOutcome.safeParse(given?.outcome).data,
      callback: record.callback_time === undefined ? undefined : true,
      callbackAt: at,
      revenue: knownFigure(record.revenue, final),
    },
    warnings,
  };
}
