import type { LiveCipher, Source } from "../../config/load.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { parseForm } from "../form.ts";
import { namesIn } from "../keys/places.ts";
import { fromForm, type Read, readForm, readJson, readMultipart } from "./decode-plain.ts";
import type { Incoming } from "./incoming.ts";
import { readText } from "./read-text.ts";

/** What a request says, or why it cannot be read. An empty body is `null`. */
export type Decoded = Read | { readonly state: "malformed" | "undecryptable" | "too_large" };

/** Reads a request as JSON, form or query; where the source encrypts, encryption is undone first. Never rejects. */
export async function decode(incoming: Incoming, source: DecodingSource): Promise<Decoded> {
  const { method, query, headers, body } = incoming;
  const parameters = new URLSearchParams(query);
  if (method === "GET") return decodeQuery(parameters, source);
  if (body.state !== "whole") return { state: body.state === "too_large" ? "too_large" : "malformed" };

  const type = headers.get("content-type")?.trim() ?? "";
  const { text, warnings } = readText(body.bytes, type);
  if (text.trim() === "") return { state: "read", body: null, warnings, dropped: 0 };
  const json = readJson(text);
  const sealed = typeof json === "string" ? json : text;
  const decrypted = await decrypt(sealed, source.vendor, source.encryption, parameters);
  if (decrypted !== undefined) return { state: "read", ...decrypted, warnings, dropped: 0 };
  const encrypts = source.encryption.length > 0;
  if (isPlainRefused(source)) return { state: "undecryptable" };
  if (json !== undefined) return { state: "read", body: json, warnings, dropped: 0, text };
  const form = (await readMultipart(body.bytes, type)) ?? readForm(text, type, encrypts);
  if (form === undefined) return { state: encrypts ? "undecryptable" : "malformed" };
  return { ...form, warnings: [...warnings, ...form.warnings] };
}

/** What decoding must know of a source. */
export type DecodingSource = Pick<Source, "vendor" | "auth" | "encryption">;

/** The parameters that carry key and iv are no fields. */
function decodeQuery(parameters: URLSearchParams, source: DecodingSource): Decoded {
  const usualIv = source.vendor.encryption === undefined ? [] : [ivParameter()];
  const ivs = source.encryption.map(({ iv }) => ivParameter(iv));
  const ours = [...namesIn("query", source.auth), ...usualIv, ...ivs];
  const fields = [...parameters].filter(([name]) => !ours.includes(name));
  if (fields.length === 0) return { state: "read", body: null, warnings: [], dropped: 0 };
  return isPlainRefused(source) ? { state: "undecryptable" } : fromForm(parseForm(fields));
}

async function decrypt(
  text: string,
  vendor: Vendor,
  encryption: readonly LiveCipher[],
  parameters: URLSearchParams,
): Promise<Pick<Read, "body" | "text"> | undefined> {
  for (const { cipher, key, iv } of encryption) {
    const ivHex = parameters.get(ivParameter(iv)) ?? "";
    const plain = key === undefined ? undefined : await vendor.encryption?.decrypt(text, cipher, key, ivHex);
    const body = plain === undefined ? undefined : readJson(plain);
    if (body !== undefined) return { body, text: plain };
  }
  return undefined;
}

function isPlainRefused({ encryption }: DecodingSource): boolean {
  return encryption.some(({ required }) => required);
}

/** `query:iv` names the parameter `iv`, which is also the one that VCC Live's documentation has. */
function ivParameter(iv = "query:iv"): string {
  return iv.replace(/^query:/, "");
}
