import { call } from "../call.ts";

/** A named token, as its maker is shown it. */
export interface Made {
  readonly id: string;
  readonly token: string;
}

/** Makes a named token of that role. */
export async function makeToken(role: string, more: object = {}): Promise<Made> {
  const { status, body, text } = await call("POST", "tokens", {
    name: `${role} ${crypto.randomUUID()}`,
    role,
    ...more,
  });
  if (status !== 200) throw new Error(text);
  return { id: String(body.id), token: String(body.token) };
}

/** Calls the API with a token. */
export function callAs(token: string, method: string, path: string, body?: unknown, headers: object = {}) {
  return call(method, path, body, { authorization: `Bearer ${token}`, ...headers });
}

/** The audit, oldest first: who did what on what. */
export async function audited(): Promise<[unknown, unknown, unknown][]> {
  const { items } = (await call("GET", "audit?limit=200")).body;
  const rows = Array.isArray(items) ? items : [];
  return rows.map(({ who, action, what }): [unknown, unknown, unknown] => [who, action, what]).reverse();
}
