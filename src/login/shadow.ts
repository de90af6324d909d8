import type { Source } from "../config/load-relay.ts";
import { logLine } from "../platform/log-line.ts";
import type { Question } from "../vendors/vendor.ts";
import { askResponder, type Said } from "./ask-responder.ts";
import { sameId } from "./same.ts";

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What the vendor is told while the guard only watches: what the responder grants that answered before; where there is
 * none, or it is silent, that everybody is let in. One that is configured and may not be asked grants nothing: nobody
 * knows whom it would have shut out. Never rejects.
 * @param body the vendor's question as JSON
 */
export async function answerInShadow(
  { id, guard }: Pick<Source, "id" | "guard">,
  { projects }: Question,
  body: string,
): Promise<Record<string, boolean>> {
  const said = guard.ask === undefined ? undefined : await askResponder(guard.ask, body, guard);
  if (said !== undefined) tellTrouble(id, said);
  if (guard.askRefused === true) logLine("error", "login.responder_refused", { source: id, reason: "refused_url" });
  const granted = guard.askRefused === true ? NOTHING : said?.state === "answered" ? said.granted : undefined;
  return Object.fromEntries(projects.map((project) => [project, granted?.has(sameId(project)) ?? true]));
}

function tellTrouble(source: string, said: Said): void {
  if (said.state !== "answered") logLine("warn", "login.responder_silent", { source, reason: said.state });
  else if (said.problem !== undefined) logLine("warn", "login.responder_refused", { source, reason: said.problem });
}
