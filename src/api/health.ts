import type { Handler } from "hono";
import { type LoadedRelay, loadRelay } from "../config/load.ts";
import { withTimeLimit } from "../config/time-limit.ts";
import { loadPermissions } from "../login/permissions.ts";

const LOG_LIMIT = 2000;

/** `GET /health`: 200 `{"ok":true}`, or 503 with the names of what is broken. */
export const health: Handler<{ Bindings: Env }> = async (c) => {
  const behind = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const loaded = await loadRelay(c.env, behind);
  const [log, maps] = await Promise.all([
    withTimeLimit(c.env.LOG.prepare("SELECT 1 FROM tally LIMIT 1").all(), LOG_LIMIT),
    findBrokenMaps(c.env, loaded, behind),
  ]);
  const broken = [
    ...(loaded.state === "unreadable" ? ["config_unreadable"] : []),
    ...(loaded.faults === undefined ? [] : ["config_invalid"]),
    ...maps,
    ...(log.ok ? [] : ["log_unreadable"]),
  ];
  const headers = { "cache-control": "no-store" };
  return broken.length === 0 ? c.json({ ok: true }, 200, headers) : c.json({ ok: false, broken }, 503, headers);
};

/** What is wrong with the maps of the sources that ask login questions; which source it is, the log and the API tell. */
async function findBrokenMaps(
  env: Env,
  relay: LoadedRelay,
  behind: (work: Promise<unknown>) => void,
): Promise<ReadonlySet<string>> {
  const sources = relay.state === "ready" ? [...relay.value.sources.values()] : [];
  const asking = sources.filter(({ vendor }) => vendor.questionKind !== undefined);
  const maps = await Promise.all(asking.map((source) => loadPermissions(env, source, behind, Date.now())));
  const names = maps.flatMap((map) => {
    if (map.state === "missing") return [];
    if (map.faults !== undefined) return ["permissions_invalid"];
    return map.state === "unreadable" ? ["permissions_unreadable"] : [];
  });
  return new Set(names);
}
