/** A webhook as the vendor sends it: an agent logs in, each time another one. */
export interface Login {
  readonly agent: string;
  readonly body: string;
}

/** Webhooks of agents who log in. `note`: makes them as large as is wanted. */
export function logins(count: number, note?: () => string): Login[] {
  return Array.from({ length: count }, () => {
    const agent = `agent-${crypto.randomUUID()}`;
    const fields = { event: "AgentLog", date: "2026-00-20 09:00:00", agent, isLogin: true };
    return { agent, body: JSON.stringify(note === undefined ? fields : { ...fields, note: note() }) };
  });
}
