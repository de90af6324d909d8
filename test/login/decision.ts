import { compilePermissions } from "../../src/login/compile.ts";
import { type Decision, decide } from "../../src/login/decide.ts";
import { parsePermissions } from "../../src/login/store/parse-permissions.ts";
import type { Question } from "../../src/vendors/vendor.ts";

/** The agent of most tests. */
export const nora = { userId: "41", username: "nora_k", groupId: "3" };

/** What a document decides, the way it goes from KV: as text, through the schema, in force also when it is faulty. */
export function decideBy(
  document: object | string,
  question: Question,
  at = "2026-11-20T09:00:00Z",
  zone = "Europe/Budapest",
): Record<string, Decision> {
  const parsed = parsePermissions(typeof document === "string" ? document : JSON.stringify(document));
  if (parsed.state === "invalid") throw new Error(JSON.stringify(parsed.faults));
  return Object.fromEntries(decide(compilePermissions(parsed.value, zone), question, Date.parse(at)));
}

/** Whether one rule for everyone grants project 7 at a moment. */
export function grants(rule: object, at: string, zone?: string): boolean {
  return decideBy({ default: { allow: [7], ...rule } }, { ...nora, projects: ["7"] }, at, zone)["7"]?.granted === true;
}
