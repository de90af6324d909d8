import { readWritten, writeDocument } from "../../config/documents/edit.ts";
import { forgetRelay } from "../../config/load-relay.ts";
import { remarkRelay } from "../../config/remarks.ts";
import { restoreSecrets } from "../../config/secrets/hide-secrets.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { mayChange } from "../documents/etag.ts";
import { lostRace, refuseInvalid, refuseOutcome, type WriteRefusal } from "../documents/refusals.ts";
import { answerWritten, writtenAnswer } from "../documents/written.ts";
import { type ApiRequest, operation, type Refusal, type Reply } from "../operation.ts";
import { configBody, parseConfig, placeConfig } from "./document.ts";

/** `PUT /api/config` */
export const replaceConfig = operation({
  who: "admin",
  summary: "Replaces the configuration; honours If-Match, and *** keeps a secret",
  takes: { body: configBody },
  gives: writtenAnswer,
  refusals: ["precondition_failed", "body_too_large", "not_stored"],
  run: ({ text, ...request }) => writeConfig(text === "" ? "{}" : text, request),
});

/** Puts a configuration in the place of the one that stands there; `***` in it stands for the secrets of that one. */
export async function writeConfig(
  text: string,
  { env, headers, now }: Pick<ApiRequest, "env" | "headers" | "now">,
): Promise<Reply | Refusal<WriteRefusal>> {
  const place = placeConfig(env);
  const { version, newest } = await readWritten(place, now);
  if (!mayChange(headers, version?.hash)) return lostRace;
  const restored = restoreSecrets(text, version?.body);
  if ("faults" in restored) return refuseInvalid(restored.faults);
  const parsed = parseConfig(restored.text, env);
  if (parsed.state !== "valid") return refuseInvalid(parsed.faults);
  // What was restored belongs to the version that was read: it must still be the one that is replaced.
  const expected = headers.has("if-match") || restored.text !== text ? newest : undefined;
  const outcome = await writeDocument(place, restored.text, expected, now);
  if (outcome.state !== "written") return refuseOutcome(outcome.state);
  forgetRelay();
  return answerWritten(outcome.hash, remarkRelay(parsed.value, lookupIn(env)), now);
}
