import type { Source } from "../../config/load.ts";
import { type Json, parseJson } from "../../events/json.ts";
import { type Decoded, decode } from "./decode.ts";
import { readForm, readMultipart } from "./decode-plain.ts";
import type { Incoming } from "./incoming.ts";
import { readText } from "./read-text.ts";

/** Digits are kept in bodies up to this, so that a key may be a long number; characters. */
const LONGEST_CAREFUL = 64_000;
/** A form that carries a key is small; characters. */
const LONGEST_FORM = 200_000;

/** What a body shows at a glance: enough to find a key in it. */
export type Glance = { readonly state: "read"; readonly body: Json } | Exclude<Decoded, { state: "read" }>;

/**
 * Looks into a body whose sender is not known yet: cheaply, and by one path for every source and for none, so that the
 * time it takes tells nothing. Only where the key lies inside an encrypted body, that is undone before. Never rejects.
 */
export async function glance(
  incoming: Incoming,
  source: Pick<Source, "vendor" | "auth" | "encryption">,
): Promise<Glance> {
  const sealed = source.encryption.length > 0 && source.auth.some((place) => place.in === "body");
  if (sealed || incoming.method === "GET") return decode(incoming, source);
  const { body, headers } = incoming;
  if (body.state !== "whole") return { state: body.state === "too_large" ? "too_large" : "malformed" };
  const type = headers.get("content-type")?.trim() ?? "";
  const { text } = readText(body.bytes, type);
  if (text.trim() === "") return { state: "read", body: null };
  try {
    return { state: "read", body: text.length > LONGEST_CAREFUL ? JSON.parse(text) : parseJson(text) };
  } catch {
    const form = text.length > LONGEST_FORM ? undefined : await readAnyForm(body.bytes, text, type);
    return form ?? { state: "malformed" };
  }
}

async function readAnyForm(bytes: Uint8Array<ArrayBuffer>, text: string, type: string) {
  return (await readMultipart(bytes, type)) ?? readForm(text, type, false);
}
