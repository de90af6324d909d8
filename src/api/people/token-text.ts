import { base32 } from "../../events/base32.ts";

const PREFIX = "hst_";
/** 12 and 52 characters. */
const ID_BYTES = 8;
const SECRET_BYTES = 33;
const TOKEN = /^hst_([0-9a-z]{1,32})_[0-9a-z]{1,128}$/;

/** A new named token: its id, and its whole text, which is shown once. */
export function makeToken(): { readonly id: string; readonly token: string } {
  const random = (bytes: number) => base32(crypto.getRandomValues(new Uint8Array(bytes)));
  const id = random(ID_BYTES);
  return { id, token: `${PREFIX}${id}_${random(SECRET_BYTES)}` };
}

/** The id in a text that has the form of a named token; undefined in any other. */
export function tokenIdIn(text: string): string | undefined {
  return TOKEN.exec(text)?.[1];
}
