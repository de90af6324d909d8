import type { Source } from "../config/load.ts";
import { logLine } from "../log/line.ts";
import type { Question } from "../vendors/vendor.ts";
import { askResponder, type Said } from "./ask-responder.ts";
import { sameId } from "./same.ts";

/**
 * What the vendor is told while the guard only watches: what the responder grants that answered before; where there is
 * none, or it is silent, that everybody is let in. Never rejects.
 * @param body the vendor's question as JSON
 */
export async function answerInShadow(
  { id, guard }: Pick<Source, "id" | "guard">,
  { projects }: Question,
  body: string,
): Promise<Record<string, boolean>> {
  const said = guard.ask === undefined ? undefined : await askResponder(guard.ask, body, guard);
  if (said !== undefined) tellTrouble(id, said);
  const granted = said?.state === "answered" ? said.granted : undefined;
  return Object.fromEntries(projects.map((project) => [project, granted?.has(sameId(project)) ?? true]));
}

function tellTrouble(source: string, said: Said): void {
  if (said.state !== "answered") logLine("warn", "login.responder_silent", { source, reason: said.state });
  else if (said.problem !== undefined) logLine("warn", "login.responder_refused", { source, reason: said.problem });
}
