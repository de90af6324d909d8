import { type Limited, withTimeLimit } from "../platform/time-limit.ts";
import type { Incidents } from "./incidents.ts";

/** A person who waits for an answer waits no longer. */
export const INCIDENTS_LIMIT_MS = 2000;

/** There is one for all. */
const NAME = "relay";

/** Calls the place where incidents are known, and waits at most `limitMs`. Never rejects. */
export function callIncidents<T>(
  { INCIDENTS }: Pick<Env, "INCIDENTS">,
  limitMs: number,
  call: (incidents: DurableObjectStub<Incidents>) => Promise<T>,
): Promise<Limited<T>> {
  const calling = async () => call(INCIDENTS.getByName(NAME));
  return withTimeLimit(calling(), limitMs);
}
