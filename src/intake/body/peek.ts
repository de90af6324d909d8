import { type Json, parseJson } from "../../events/json.ts";
import { type Decoded, type DecodingSource, decode } from "./decode.ts";
import { type FormBody, isBase64, readFormBody } from "./form-body.ts";
import { type ContentText, type Incoming, typeOf } from "./incoming.ts";
import { ownNamesOf } from "./own-names.ts";
import { isAlone, namesPayload, parsePayload } from "./payload.ts";
import { readBodyText } from "./read-json.ts";

/** Digits are kept in bodies up to this, so that a key may be a long number; bytes. */
const LONGEST_CAREFUL = 64_000;

/** What a body shows at a glance: the objects in which a key may stand. */
export type Glance =
  | { readonly state: "read"; readonly bodies: readonly Json[] }
  | { readonly state: Exclude<Decoded["state"], "read"> };

/** What was seen, and whether it may be encrypted. */
interface Look {
  readonly seen: Glance;
  readonly looksSealed?: boolean | undefined;
}

/**
 * Looks into a body whose sender is not known yet: cheaply, and by one path for every source and for none, so that the
 * time it takes tells nothing. Only where the key may lie inside an encrypted body, and the body may be one, that is
 * undone as well: a stranger, who cannot encrypt, gets nothing parsed by it. Never rejects.
 */
export async function peek(incoming: Incoming, source: DecodingSource): Promise<Glance> {
  if (incoming.method === "GET") return { state: "read", bodies: [] };
  const { seen, looksSealed = false } = await look(incoming, source);
  const isSealed = source.encryption.length > 0 && source.auth.some((place) => place.in === "body");
  const decoded = isSealed && looksSealed ? await decode(incoming, source) : undefined;
  if (decoded?.state !== "read") return seen;
  return { state: "read", bodies: [...(seen.state === "read" ? seen.bodies : []), decoded.body] };
}

async function look(incoming: Incoming, source: DecodingSource): Promise<Look> {
  const read = await readCheaply(incoming);
  if (read.state !== "whole") return { seen: { state: read.state === "broken" ? "malformed" : read.state } };
  const text = (typeof read.json === "string" ? read.json : read.text).trim();
  const looksSealed = isBase64(text);
  if (read.json !== undefined) return { seen: { state: "read", bodies: [read.json] }, looksSealed };
  if (text === "") return { seen: { state: "read", bodies: [] } };
  const form = readFormBody(read, typeOf(incoming), false);
  if (form === undefined) return { seen: { state: "malformed" }, looksSealed };
  return { seen: { state: "read", bodies: bodiesOf(form, source) }, looksSealed };
}

async function readCheaply(incoming: Incoming): Promise<ContentText> {
  const content = await incoming.content();
  if (content.state !== "whole" || content.bytes.byteLength <= LONGEST_CAREFUL) return incoming.text();
  return { state: "whole", ...readBodyText(content.bytes, () => typeOf(incoming), JSON.parse) };
}

/** What is in `payload` is parsed whether or not it counts: only that depends on the source. */
function bodiesOf(form: FormBody, source: DecodingSource): readonly Json[] {
  const payload = parsePayload(form, parseCheaply);
  const counts = isAlone(form, ownNamesOf(source, "body")) && !namesPayload(source.generic);
  return payload !== undefined && counts ? [form.body, payload.body] : [form.body];
}

function parseCheaply(text: string): Json {
  return text.length > LONGEST_CAREFUL ? JSON.parse(text) : parseJson(text);
}
