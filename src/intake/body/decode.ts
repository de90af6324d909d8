import type { LiveCipher, Source } from "../../config/load.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { parseForm } from "../form.ts";
import { namesIn } from "../keys/places.ts";
import { fromForm, type Read, readForm, readJson, readMultipart } from "./decode-plain.ts";
import type { Incoming } from "./incoming.ts";
import { readText } from "./read-text.ts";

/** What a request says, or why it cannot be read. An empty body is `null`. */
export type Decoded = Read | { readonly state: "malformed" | "undecryptable" | "too_large" };

/** Reads a request as JSON, form or query; where the source encrypts, a body that is neither is decrypted. Never rejects. */
export async function decode(incoming: Incoming, source: DecodingSource): Promise<Decoded> {
  const { method, query, headers, body } = incoming;
  const parameters = new URLSearchParams(query);
  if (method === "GET") return decodeQuery(parameters, source);
  if (body.state !== "whole") return { state: body.state === "too_large" ? "too_large" : "malformed" };

  const type = headers.get("content-type")?.trim() ?? "";
  const { text, warnings } = readText(body.bytes, type);
  if (text.trim() === "") return { state: "read", body: null, warnings };
  const encrypts = source.encryption.length > 0;
  const plain = isPlainRefused(source) ? undefined : await decodePlain(text, type, body.bytes, encrypts);
  if (plain !== undefined) return { ...plain, warnings: [...warnings, ...plain.warnings] };
  if (!encrypts) return { state: "malformed" };
  return (await decrypt(text, source.vendor, source.encryption, parameters)) ?? { state: "undecryptable" };
}

/** What decoding must know of a source. */
export type DecodingSource = Pick<Source, "vendor" | "auth" | "encryption">;

/** The parameters that carry key and iv are no fields. */
function decodeQuery(parameters: URLSearchParams, source: DecodingSource): Decoded {
  const ours = [...namesIn("query", source.auth), ...source.encryption.flatMap(({ iv }) => ivParameter(iv) ?? [])];
  const fields = [...parameters].filter(([name]) => !ours.includes(name));
  if (fields.length === 0) return { state: "read", body: null, warnings: [] };
  return isPlainRefused(source) ? { state: "undecryptable" } : fromForm(parseForm(fields));
}

async function decodePlain(
  text: string,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
  encrypts: boolean,
): Promise<Read | undefined> {
  const json = readJson(text);
  if (json !== undefined) return { state: "read", body: json, warnings: [] };
  return (await readMultipart(bytes, type)) ?? readForm(text, type, encrypts);
}

async function decrypt(
  text: string,
  vendor: Vendor,
  encryption: readonly LiveCipher[],
  parameters: URLSearchParams,
): Promise<Read | undefined> {
  for (const { cipher, key, iv } of encryption) {
    const ivHex = parameters.get(ivParameter(iv) ?? "") ?? "";
    const plain = key === undefined ? undefined : await vendor.encryption?.decrypt(text, cipher, key, ivHex);
    const body = plain === undefined ? undefined : readJson(plain);
    if (body !== undefined) return { state: "read", body, warnings: [] };
  }
  return undefined;
}

function isPlainRefused({ encryption }: DecodingSource): boolean {
  return encryption.some(({ required }) => required);
}

/** `query:iv` names the parameter `iv`. */
function ivParameter(iv: string | undefined): string | undefined {
  return iv?.replace(/^query:/, "");
}
