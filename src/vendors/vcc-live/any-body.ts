import type { JsonObject } from "../../events/json.ts";
import { readText } from "../../events/values/read.ts";
import type { Expected, Labelled } from "../expected.ts";
import { text } from "../values/fields.ts";
import { foldName, spell } from "./names.ts";

/** What is expected of every body: its names in any spelling, and a project, which the source's labels may list. */
export const anyBody = { fold: foldName, labels: campaignLabels } as const satisfies Partial<Expected>;

/** The project that an object names. */
function campaignLabels(object: JsonObject): Labelled[] {
  const { projectId } = spell(object, { projectId: text });
  return [{ kind: "campaign", ids: [readText(projectId)] }];
}
