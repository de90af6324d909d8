/** Agents, by the names `agent_0` and so on. */
export const AGENTS = 500;
