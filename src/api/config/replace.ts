import { examine } from "../../config/check/examine.ts";
import { readWritten, writeDocument } from "../../config/documents/edit.ts";
import { forgetRelay } from "../../config/load-relay.ts";
import { urlRules } from "../../config/url-rules.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { mayChange } from "../documents/etag.ts";
import { lostRace, refuseInvalid, refuseOutcome, type WriteRefusal } from "../documents/refusals.ts";
import { answerWritten, writtenAnswer } from "../documents/written.ts";
import { type ApiRequest, operation, type Refusal, type Reply } from "../operation.ts";
import { authorOf } from "../people/deed.ts";
import { configBody, placeConfig } from "./document.ts";

/** `PUT /api/config` */
export const replaceConfig = operation({
  who: "admin",
  summary: "Replaces the configuration; honours If-Match, and *** keeps a secret",
  takes: { body: configBody },
  gives: writtenAnswer,
  refusals: ["precondition_failed", "body_too_large", "not_stored"],
  run: ({ text, ...request }) => writeConfig(text === "" ? "{}" : text, "config.replaced", request),
});

/**
 * Puts a configuration in the place of the one that stands there; `***` in it stands for the secrets of that one.
 * @param action what the audit calls it
 */
export async function writeConfig(
  text: string,
  action: string,
  { env, headers, now, caller }: Pick<ApiRequest, "env" | "headers" | "now" | "caller">,
): Promise<Reply | Refusal<WriteRefusal>> {
  const place = placeConfig(env);
  const { version, newest } = await readWritten(place, now);
  if (!mayChange(headers, version?.hash)) return lostRace;
  const lookup = lookupIn(env);
  const examined = await examine(text, { rules: urlRules(lookup), kept: version?.body, lookup });
  if (examined.state !== "valid") return refuseInvalid(examined.faults);
  // What was restored belongs to the version that was read: it must still be the one that is replaced.
  const expected = headers.has("if-match") || examined.text !== text ? newest : undefined;
  const outcome = await writeDocument(place, examined.text, expected, now, authorOf(caller, action));
  if (outcome.state !== "written") return refuseOutcome(outcome.state);
  forgetRelay();
  return answerWritten(outcome.hash, examined.remarks, now);
}
