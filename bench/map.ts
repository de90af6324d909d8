/** A map of so many agents, each with rules of their own, in forty groups. */
export function makeMap(agents: number): string {
  const users = Array.from({ length: agents }, (_, n): [string, object] => [
    String(n),
    n % 10 === 0
      ? { allow: [7, n % 50], hours: { days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "20:00" } }
      : { allow: [7, 11, n % 50] },
  ]);
  const groups = Array.from({ length: 40 }, (_, n): [string, object] => [String(n), { allow: [n, 11] }]);
  return JSON.stringify({ users: Object.fromEntries(users), groups: Object.fromEntries(groups) });
}

/** The question of one of the agents. */
export function makeQuestion(agent: number): string {
  return JSON.stringify({
    projectId: 7,
    userId: agent,
    username: `agent_${agent}`,
    groupId: agent % 40,
    customData: {},
    secondaryProjectIds: [11, agent % 50],
  });
}
