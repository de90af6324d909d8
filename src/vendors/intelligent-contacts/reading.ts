import type { Warning } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import type { SourceSettings } from "../source-settings.ts";

/** One webhook on its way to an event: unwrapped, its kind known, its fields not read yet. */
export interface Reading {
  readonly source: SourceSettings;
  readonly body: JsonObject;
  readonly warnings: readonly Warning[];
}
