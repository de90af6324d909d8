import type { HookEvent } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";

/** A field in which two readings of a webhook differ; what one of them does not have is left out. */
export interface EventDifference {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What says where or under which id an event is kept, and nothing of what happened. */
const KEPT_AS = new Set(["id", "sequence", "corrects", "dataschema"]);

/** The fields in which two readings of one webhook differ. `raw` is what was read, both times. */
export function differencesOf(before: HookEvent, after: HookEvent): EventDifference[] {
  const { raw: _, ...data } = before.data;
  const { raw: __, ...dataAfter } = after.data;
  return compare({ ...before, data }, { ...after, data: dataAfter }, "").filter(({ path }) => !KEPT_AS.has(path));
}

function compare(before: unknown, after: unknown, path: string): EventDifference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => compare(before[name], after[name], path === "" ? name : `${path}.${name}`));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}
