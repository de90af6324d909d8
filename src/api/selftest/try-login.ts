import type { Source } from "../../config/load-relay.ts";
import { decide } from "../../login/decide.ts";
import { loadPermissions } from "../../login/store/permissions.ts";
import type { Work } from "../../platform/work.ts";

/** Decides a login that nobody asked for, by the map of a source, and records nothing of it. */
export async function tryLogin(source: Source, work: Work): Promise<string | undefined> {
  const map = await loadPermissions(source, work);
  if (map.state === "missing") return "it has no permission map: nobody is let in";
  if (map.state !== "ready") return "its permission map cannot be read";
  decide(map.value, { projects: ["1"], userId: "self-test" }, work.now);
  return map.faulty === undefined ? undefined : "its permission map is faulty";
}
