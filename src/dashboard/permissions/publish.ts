import { Refusal } from "../../api/operation.ts";
import { replacePermissions } from "../../api/permissions/replace.ts";
import { rollBack } from "../../api/permissions/versions.ts";
import type { Action } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { address, pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";
import { editView } from "./edit-view.tsx";
import { findAsking } from "./map-head.tsx";

/** Tells what is wrong with a text, and what would come of it; nothing is changed. */
export const checkAction: Action = {
  path: "/dashboard/permissions/:source/check",
  who: "admin",
  act: (visit, { text, version }) => editView(visit, { text: withPlainEnds(text), version }),
};

/** Puts a text in force, if what it was made from still is. */
export const publishAction: Action = {
  path: "/dashboard/permissions/:source/publish",
  who: "admin",
  act: async (visit, { text: sent, version, confirm }) => {
    const { ask, params } = visit;
    const text = withPlainEnds(sent);
    // Whoever began where there was no map does not mean one that was made meanwhile.
    if (version === undefined && (await hashInForce(visit)) !== undefined) return editView(visit, { text, version });
    const written = await ask(replacePermissions, { params, query: { confirm }, body: text, ifMatch: version });
    return written instanceof Refusal
      ? editView(visit, { text, version, refusal: written })
      : done(address(pagePath("permissions", params.source ?? ""), { before: version }), "published");
  },
};

/** Puts an older version in force again. */
export const rollBackAction: Action = {
  path: "/dashboard/permissions/:source/rollback",
  who: "admin",
  act: async (visit, { version = "" }) => {
    const { ask, params } = visit;
    const path = pagePath("permissions", params.source ?? "");
    const before = await hashInForce(visit);
    const written = await ask(rollBack, { params, body: { version } });
    return written instanceof Refusal
      ? refusedView(written, `${path}/versions`)
      : done(address(path, { before }), "rolled_back");
  },
};

async function hashInForce(visit: Visit): Promise<string | undefined> {
  const asking = await findAsking(visit);
  return asking instanceof Refusal ? undefined : asking.version?.hash;
}

/** A browser sends a text with the line ends of the web, whatever it was given. */
function withPlainEnds(text = ""): string {
  return text.replaceAll("\r\n", "\n");
}
