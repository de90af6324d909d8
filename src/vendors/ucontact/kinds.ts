import { cutWord } from "../../events/values/read.ts";

/** The events of uContact by the names its manual prints; AssignInteraction is the sixth, which the manual forgot. */
export const kinds = [
  "AgentRingNoAnswer",
  "AgentLog",
  "AgentBreak",
  "AssignInteraction",
  "FinishInteraction",
  "InteractionDisposition",
] as const;

export type Kind = (typeof kinds)[number];

const byWord: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...kinds.map((kind): [string, Kind] => [fold(kind), kind]),
  // Newer instances list the disposition event under these names.
  ["disposition", "InteractionDisposition"],
  ["sentdisposition", "InteractionDisposition"],
]);

/** The kind that a word names, however it is written: `AgentLog`, `agentlog`, `agent-log`, `agent_log`. */
export function kindOf(word: string | undefined): Kind | undefined {
  return word === undefined ? undefined : byWord.get(fold(word));
}

function fold(word: string): string {
  return cutWord(word)
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}
