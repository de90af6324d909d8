import { recordClearView } from "../../log/audit/clear-views.ts";
import { LOG_LIMIT_MS } from "../../platform/d1/in-time.ts";
import { logLine } from "../../platform/log-line.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import type { ApiRequest } from "../operation.ts";
import { deedOf } from "../people/deed.ts";

const HOUR_MS = 3_600_000;

/** Of whom this isolate has told, in one hour: the log is not asked for every answer. */
let told: { readonly hour: number; readonly names: Set<string> } = { hour: 0, names: new Set() };

/** Forgets of whom was told, as a new isolate would. */
export function forgetClearViews(): void {
  told = { hour: 0, names: new Set() };
}

/** Whether the audit tells already that a caller is shown values in clear in this hour. */
export function isClearViewTold({ caller, now }: Pick<ApiRequest, "caller" | "now">): boolean {
  return told.hour === Math.floor(now / HOUR_MS) && told.names.has(caller.name);
}

/** Tells the audit of it. False where that cannot be written: then nothing is to be shown in clear. Never rejects. */
export async function noteClearView({
  caller,
  now,
  env,
}: Pick<ApiRequest, "caller" | "now" | "env">): Promise<boolean> {
  const deed = deedOf(caller, "persons.seen", "api");
  const written = await withTimeLimit(recordClearView(env.LOG, deed, now), LOG_LIMIT_MS);
  if (!written.ok) {
    logLine("error", "audit.not_written", { action: deed.action });
    return false;
  }
  const hour = Math.floor(now / HOUR_MS);
  if (told.hour !== hour) told = { hour, names: new Set() };
  told.names.add(caller.name);
  return true;
}
