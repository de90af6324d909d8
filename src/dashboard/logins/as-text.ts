import type { Explanation } from "./told.ts";
import { nameOf } from "./words.ts";

/** An answer to be pasted into a message: what happened, why, and by which map. Times by the clock of the source. */
export function asText(source: string, { text, question, projects, map, refused = [] }: Explanation): string {
  const rules = projects.flatMap(({ project, granted, considered }) => [
    `project ${project}: ${granted ? "granted" : "refused"}`,
    ...considered.map(({ owner, position, text, note }) => {
      return `  ${owner}, rule ${position}: ${text}${note === undefined ? "" : ` (${note})`}`;
    }),
  ]);
  const next = refused.map(({ reason, next }) => `${reason}: ${next.replaceAll("`", "")}`);
  const by =
    map === undefined
      ? []
      : [`map of ${source}: version ${map.version} (${map.hash}), by ${map.who}, since ${map.since}`];
  const group = question.groupId === undefined ? [] : [`${nameOf(question)} was in group ${question.groupId}`];
  return [text.endsWith("?") ? text : `${text}.`, ...rules, ...group, ...by, ...next].join("\n");
}
