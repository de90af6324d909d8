import type { Agent } from "../../events/parts/people.ts";
import { text } from "../values/fields.ts";

/** The fields every body may have. Only AgentRingNoAnswer is documented with an extension and a full name. */
export const common = { event: text, date: text, agent: text, agentNumber: text, agentFullName: text };

interface AgentFields {
  readonly agent: string | undefined;
  readonly agentNumber: string | undefined;
  readonly agentFullName: string | undefined;
}

/** The agent of a body. */
export function agentOf({ agent, agentNumber, agentFullName }: AgentFields): Agent {
  return { username: agent, extension: agentNumber, name: agentFullName };
}
