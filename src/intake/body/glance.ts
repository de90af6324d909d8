import { type Json, parseJson } from "../../events/json.ts";
import { type Decoded, type DecodingSource, decode } from "./decode.ts";
import { readFormBody } from "./form-body.ts";
import type { Incoming } from "./incoming.ts";
import { ownNamesOf } from "./own-names.ts";
import { namesPayload, readPayload } from "./payload.ts";
import { readBodyText } from "./read-json.ts";

/** Digits are kept in bodies up to this, so that a key may be a long number; characters. */
const LONGEST_CAREFUL = 64_000;

/** What a body shows at a glance: the objects in which a key may stand. */
export type Glance =
  | { readonly state: "read"; readonly bodies: readonly Json[] }
  | { readonly state: Exclude<Decoded["state"], "read"> };

/**
 * Looks into a body whose sender is not known yet: cheaply, and by one path for every source and for none, so that the
 * time it takes tells nothing. Only where the key may lie inside an encrypted body, that is undone as well. Never rejects.
 */
export async function glance(incoming: Incoming, source: DecodingSource): Promise<Glance> {
  if (incoming.method === "GET") return { state: "read", bodies: [] };
  const seen = await look(incoming, source);
  const isSealed = source.encryption.length > 0 && source.auth.some((place) => place.in === "body");
  const decoded = isSealed ? await decode(incoming, source) : undefined;
  if (decoded?.state !== "read") return seen;
  return { state: "read", bodies: [...(seen.state === "read" ? seen.bodies : []), decoded.body] };
}

async function look(incoming: Incoming, source: DecodingSource): Promise<Glance> {
  const content = await incoming.content();
  if (content.state !== "whole") return { state: content.state === "broken" ? "malformed" : content.state };
  const type = incoming.headers.get("content-type")?.trim() ?? "";
  const read = readBodyText(content.bytes, type, parseCheaply);
  if (read.json !== undefined) return { state: "read", bodies: [read.json] };
  if (read.text.trim() === "") return { state: "read", bodies: [] };
  const form = readFormBody(read, type, false);
  if (form === undefined) return { state: "malformed" };
  const payload = namesPayload(source.generic) ? undefined : readPayload(form, ownNamesOf(source, "body"));
  return { state: "read", bodies: payload === undefined ? [form.body] : [form.body, payload.body] };
}

function parseCheaply(text: string): Json {
  return text.length > LONGEST_CAREFUL ? JSON.parse(text) : parseJson(text);
}
