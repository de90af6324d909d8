import * as z from "zod";
import type { HookEvent } from "./envelope.ts";

/** Characters; what is longer is nobody's id, and no list has room for it. */
const MAX_NAME_CHARACTERS = 128;

const name = z.string().min(1).max(MAX_NAME_CHARACTERS).optional().catch(undefined);
/** How lists have an agent: by either name, or by both. */
export const namedAgent = z.object({ id: name, username: name });

export type NamedAgent = z.infer<typeof namedAgent>;

/** The agent of an event, else the account that it tells of; undefined where it names neither. Never throws. */
export function agentOf({ data }: Pick<HookEvent, "data">): NamedAgent | undefined {
  const found = [data.agent, data.user].map((person) => namedAgent.safeParse(person).data);
  return found.find((one) => one !== undefined && (one.id !== undefined || one.username !== undefined));
}
