import * as z from "zod";
import { isObject, type Json } from "../../events/json.ts";
import { readMediaType } from "../../platform/text/media-type.ts";
import type { AskedKind, Misfit, Reply } from "../asked-kind.ts";
import { text } from "../values/fields.ts";
import { isJsonType, jsonReply, readJsonReply } from "../values/json-reply.ts";
import { readAs } from "./names.ts";

/** The texts that a step of an IVR reads; anything else would be read as plain text. */
const TEXT_TYPES: readonly string[] = ["text/x-ini", "text/plain"];

/** `uuid` is the system's own variable; all others have names of the tenant's. */
const schema = z.object({ uuid: text });

/**
 * https://vcc.live/developers/webhook/sync-webhook-requests/ivr
 * A caller waits in a menu. The vendor reads the answer by its content type.
 */
export const ivr = {
  methods: ["GET", "POST", "PUT", "DELETE"],
  keptMethod: "GET",
  timeoutMs: 1500,
  maxBytes: 65_536,
  judge: judgeIvr,
  callId: (question) => (isObject(question) ? readAs(schema, question).uuid : undefined),
} as const satisfies AskedKind;

/** The bytes go on as they came, but for JSON in another encoding than JSON's own. */
function judgeIvr(reply: Reply, _question: Json): Reply | Misfit {
  const { essence = "" } = readMediaType(reply.type) ?? {};
  if (TEXT_TYPES.includes(essence)) return reply;
  if (!isJsonType(essence)) return "type";
  const read = readJsonReply(reply);
  if (read === undefined) return "form";
  return read.isPlain ? reply : jsonReply(read.json, reply.type);
}
