import type { Source } from "../../config/load-relay.ts";
import type { Content } from "./content-coding.ts";
import { type FormBody, readFormBody, readQueryBody } from "./form-body.ts";
import { fromForm, fromJson, nothing, type Read } from "./formats.ts";
import { type Incoming, typeOf } from "./incoming.ts";
import { ivParameter, ownNamesOf } from "./own-names.ts";
import { namesPayload, readPayload } from "./payload.ts";
import { readJsonBody } from "./read-json.ts";

/** What a request says, or why it cannot be read. An empty body is `null`. */
export type Decoded = Read | { readonly state: "malformed" | "undecryptable" | Unreadable };
type Unreadable = Exclude<Content["state"], "whole" | "broken">;

/** What decoding must know of a source. */
export type DecodingSource = Pick<Source, "vendor" | "auth" | "encryption" | "generic">;

/** A body of theirs means nothing (RFC 9110, 9.3). */
const QUERY_METHODS: readonly string[] = ["GET", "DELETE"];

/** Whether what a request of this method says stands in its query. */
export function isQueryMethod(method: string): boolean {
  return QUERY_METHODS.includes(method);
}

/** Reads a request as JSON, form or query; where the source encrypts, encryption is undone first. Never rejects. */
export async function decode(incoming: Incoming, source: DecodingSource): Promise<Decoded> {
  const { method, query } = incoming;
  if (isQueryMethod(method)) return decodeQuery(query, source);
  const read = await incoming.text();
  if (read.state !== "whole") return { state: read.state === "broken" ? "malformed" : read.state };

  const { json, text } = read;
  if (json === undefined && text.trim() === "") return { ...nothing, warnings: read.warnings };
  const decrypted = await decrypt(typeof json === "string" ? json : text, source, query);
  if (decrypted !== undefined) return decrypted;
  if (isPlainRefused(source)) return { state: "undecryptable" };
  if (json !== undefined) return fromJson(json, read);
  const encrypts = source.encryption.length > 0;
  const form = readFormBody(read, typeOf(incoming), encrypts);
  return form === undefined ? { state: encrypts ? "undecryptable" : "malformed" } : unwrap(form, source, "body");
}

/** The parameters that carry key and iv are no fields. */
function decodeQuery(query: string, source: DecodingSource): Decoded {
  const form = readQueryBody(query, ownNamesOf(source, "query"));
  if (Object.keys(form.body).length === 0 && form.dropped === 0) return nothing;
  return isPlainRefused(source) ? { state: "undecryptable" } : unwrap(form, source, "query");
}

function unwrap(form: FormBody, source: DecodingSource, place: "query" | "body"): Read {
  return fromForm(form, namesPayload(source.generic) ? undefined : readPayload(form, ownNamesOf(source, place)));
}

async function decrypt(text: string, { vendor, encryption }: DecodingSource, query: string): Promise<Read | undefined> {
  for (const { cipher, key, iv } of encryption) {
    const ivHex = new URLSearchParams(query).get(ivParameter(iv, vendor)) ?? "";
    const plain = key === undefined ? undefined : await vendor.encryption?.decrypt(text, cipher, key, ivHex);
    const body = plain === undefined ? undefined : readJsonBody(plain);
    if (body !== undefined && plain !== undefined) return fromJson(body, { text: plain, warnings: [] });
  }
  return undefined;
}

function isPlainRefused({ encryption }: DecodingSource): boolean {
  return encryption.some(({ required }) => required);
}
