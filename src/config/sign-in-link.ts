import { sha256Hex } from "../platform/digest.ts";

/** Where a relay on this machine finds that a link may be used to sign in: the digest of its code, for five minutes. */
export const LINK_PLACE = "sign-in-link/";

/** The key of the CONFIG entry that lets a link be used once; its value is until when, milliseconds since the epoch. */
export async function linkKey(code: string): Promise<string> {
  return `${LINK_PLACE}${await sha256Hex(code)}`;
}
