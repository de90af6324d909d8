import * as z from "zod";
import type { KeptToken } from "../../log/tokens.ts";
import { sha256Hex } from "../../platform/digest.ts";
import { toInstant } from "../../platform/time/instant.ts";

/** A named token, as the API shows it. */
export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  destination: z.string().optional().describe("the one that a receiver is bound to"),
  created: z.iso.datetime(),
  maker: z.string().describe("who made it"),
  expires: z.iso.datetime().optional(),
  used: z.iso.datetime().optional().describe("when it was used last, to the hour"),
});

/** A token as the API shows it. */
export function showToken(token: KeptToken): z.input<typeof tokenView> {
  const { id, name, role, destination, created, maker, expires, used } = token;
  return {
    id,
    name,
    role,
    ...(destination === null ? {} : { destination }),
    created: toInstant(created),
    maker,
    ...(expires === null ? {} : { expires: toInstant(expires) }),
    ...(used === null ? {} : { used: toInstant(used) }),
  };
}

/** What the audit knows a token by: the beginning of the digest of what it may. */
export async function hashToken({ id, name, role, destination, expires }: KeptToken): Promise<string> {
  return (await sha256Hex(JSON.stringify([id, name, role, destination, expires]))).slice(0, 16);
}
