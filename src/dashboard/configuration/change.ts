import { readConfig } from "../../api/config/read.ts";
import { replaceConfig } from "../../api/config/replace.ts";
import { Refusal } from "../../api/operation.ts";
import { isObject, type Json, type JsonObject, parseJson } from "../../events/json.ts";
import type { Visit } from "../page/visit.ts";

/** What the configuration is to be, or why it stays as it is. */
export type Changed = JsonObject | Refusal;

/**
 * Changes the configuration as somebody with an editor would: reads it, changes it, and puts it if nobody else was quicker.
 * Its secrets are `***` meanwhile, and stay.
 * @returns undefined when it is in force, else why not
 */
export async function changeConfig(
  { ask, read }: Pick<Visit, "ask" | "read">,
  change: (document: JsonObject) => Changed,
): Promise<Refusal | undefined> {
  const there = await read(readConfig);
  if (there instanceof Refusal && there.code !== "not_found") return there;
  const document: Json = there instanceof Refusal ? { sources: {} } : parseJson(there.text);
  const changed = change(isObject(document) ? document : {});
  if (changed instanceof Refusal) return changed;
  const body = JSON.stringify(changed, undefined, 2);
  const put = await ask(replaceConfig, { body, ifMatch: there instanceof Refusal ? undefined : there.version });
  if (!(put instanceof Refusal)) return undefined;
  return put.code === "precondition_failed" ? quicker : put;
}

/** A configuration with one more source or destination; refused where its name is taken. */
export function withMember(
  document: JsonObject,
  part: "sources" | "destinations",
  id: string,
  member: JsonObject,
): Changed {
  const there = document[part];
  const members = isObject(there) ? there : {};
  if (Object.hasOwn(members, id)) {
    return new Refusal("invalid_request", `There is a ${part.slice(0, -1)} called ${id} already; choose another name.`);
  }
  return { ...document, [part]: { ...members, [id]: member } };
}

const quicker = new Refusal(
  "precondition_failed",
  "Somebody else changed the configuration in that moment. Nothing of yours was put in force; send it once more.",
);
