import type { Source } from "../config/load.ts";
import { logLine } from "../log/line.ts";
import type { Question } from "../vendors/vendor.ts";
import { askResponder } from "./ask-responder.ts";

/**
 * What the vendor is told while the guard only watches: what the responder says that answered before, else that
 * everybody is let in. Never rejects.
 * @param body the vendor's question as JSON
 */
export async function answerInShadow(
  { id, guard }: Pick<Source, "id" | "guard">,
  { projects }: Question,
  body: string,
): Promise<Record<string, boolean>> {
  const said = guard.ask === undefined ? undefined : await askResponder(guard.ask, body, guard);
  if (said !== undefined && said.state !== "answered") {
    logLine("warn", "login.responder_silent", { source: id, reason: said.state });
  }
  const told = new Map(said?.state === "answered" ? Object.entries(said.projects) : []);
  return Object.fromEntries(projects.map((project) => [project, told.get(project) ?? true]));
}
