import { isObject, type Json, type JsonObject } from "../../events/json.ts";
import { readMediaType } from "../../platform/text/media-type.ts";
import type { AskedKind, Misfit, Reply } from "../asked-kind.ts";
import { isJsonType, jsonReply, readJsonReply } from "../values/json-reply.ts";

/** The vendor recommends not to go beyond. */
const MAX_CUSTOMERS = 30;
const DIGITS = /^[0-9]+$/;

/**
 * https://vcc.live/developers/webhook/sync-webhook-requests/search-api
 * An agent looks a customer up. `result.uniqueId` is the name of a field, `result.customers` a list of flat objects.
 */
export const search = {
  methods: ["GET", "POST"],
  timeoutMs: 2500,
  maxBytes: 1_048_576,
  judge: judgeSearch,
} as const satisfies AskedKind;

/** Cut to what was asked for: an answer is not refused for having more. What stands beside goes on as well. */
function judgeSearch(reply: Reply, question: Json): Reply | Misfit {
  if (!isJsonType(readMediaType(reply.type)?.essence ?? "")) return "type";
  const answer = readJsonReply(reply)?.json;
  const result = isObject(answer) ? answer.result : undefined;
  if (!isObject(answer) || !isObject(result)) return "form";
  const { uniqueId, customers } = result;
  if (typeof uniqueId !== "string" || uniqueId.trim() === "" || !Array.isArray(customers)) return "form";
  const found: readonly Json[] = customers.slice(0, limitIn(question));
  if (!found.every(isFlat)) return "form";
  return jsonReply({ ...answer, result: { ...result, customers: found } }, reply.type);
}

function isFlat(customer: Json): boolean {
  return isObject(customer) && Object.values(customer).every((value) => !isNested(value));
}

function isNested(value: Json): boolean {
  return Array.isArray(value) || isObject(value);
}

/** How many customers are wanted. A number that was not filled in is 0 at this vendor, and means nothing. A form writes it in digits. */
function limitIn(question: Json): number {
  const { limit }: JsonObject = isObject(question) ? question : {};
  const written = JSON.isRawJSON(limit) ? Number(limit.rawJSON) : limit;
  const number = typeof written === "string" && DIGITS.test(written.trim()) ? Number(written) : written;
  const isMeant = typeof number === "number" && Number.isInteger(number) && number >= 1;
  return isMeant ? Math.min(number, MAX_CUSTOMERS) : MAX_CUSTOMERS;
}
