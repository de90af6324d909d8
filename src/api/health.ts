import type { Handler } from "hono";
import { type LoadedRelay, loadRelay } from "../config/load-relay.ts";
import { settingWarnings } from "../config/settings.ts";
import { tryReading } from "../log/try-log.ts";
import { loadPermissions } from "../login/store/permissions.ts";
import { LOG_LIMIT_MS } from "../platform/d1/in-time.ts";
import { lookupIn } from "../platform/lookup.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import { type Work, workOf } from "../platform/work.ts";
import { asksAboutLogins } from "../vendors/vendor.ts";

/** `GET /health`: 200 `{"ok":true}`, or 503 with the names of what is broken; `warnings` where it works all the same. */
export const health: Handler<{ Bindings: Env }> = async (c) => {
  const work = workOf(c);
  const loaded = await loadRelay(work);
  const [log, maps] = await Promise.all([withTimeLimit(tryReading(c.env.LOG), LOG_LIMIT_MS), checkMaps(loaded, work)]);
  const broken = [
    ...(loaded.state === "unreadable" ? ["config_unreadable"] : []),
    ...(loaded.faults === undefined ? [] : ["config_invalid"]),
    ...maps.broken,
    ...(log.ok ? [] : ["log_unreadable"]),
  ];
  const warnings = [
    ...(loaded.state === "ready" && loaded.faulty !== undefined ? ["config_faulty"] : []),
    ...maps.warnings,
    ...settingWarnings(lookupIn(c.env)),
  ];
  const headers = { "cache-control": "no-store" };
  const told = warnings.length === 0 ? {} : { warnings };
  return broken.length === 0
    ? c.json({ ok: true, ...told }, 200, headers)
    : c.json({ ok: false, broken, ...told }, 503, headers);
};

/** What is wrong with the maps of the sources that ask login questions; which source it is, the log and the API tell. */
async function checkMaps(
  relay: LoadedRelay,
  work: Work,
): Promise<{ broken: ReadonlySet<string>; warnings: ReadonlySet<string> }> {
  const sources = relay.state === "ready" ? [...relay.value.sources.values()] : [];
  const asking = sources.filter(({ vendor }) => asksAboutLogins(vendor));
  const maps = await Promise.all(asking.map((source) => loadPermissions(source, work)));
  const broken = maps.flatMap((map) => {
    if (map.faults !== undefined) return ["permissions_invalid"];
    return map.state === "unreadable" ? ["permissions_unreadable"] : [];
  });
  const isFaulty = maps.some((map) => map.state === "ready" && map.faulty !== undefined);
  return { broken: new Set(broken), warnings: new Set(isFaulty ? ["permissions_faulty"] : []) };
}
