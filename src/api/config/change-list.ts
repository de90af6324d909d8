import { examine } from "../../config/check/examine.ts";
import { readWritten, writeDocument } from "../../config/documents/edit.ts";
import { forgetRelay } from "../../config/load-relay.ts";
import { isSealed, resolveReference } from "../../config/secrets/reference.ts";
import { placeTexts, printDocument, readDocument, textsAt } from "../../config/secrets/rewrite.ts";
import { openValue, type SealingKeys, sealingKeysIn, sealValue } from "../../config/secrets/sealed.ts";
import { urlRules } from "../../config/url-rules.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { lostRace, refuseOutcome, type WriteRefusal } from "../documents/refusals.ts";
import { type ApiRequest, Refusal } from "../operation.ts";
import { authorOf } from "../people/deed.ts";
import { placeConfig } from "./document.ts";

/** A list of secrets of the configuration: the keys of a source, or the signing secrets of a destination. */
export type SecretList =
  | { readonly part: "sources"; readonly id: string; readonly use: "key" }
  | { readonly part: "destinations"; readonly id: string; readonly use: "signing" };

/** One of them: as it is written, and what it stands for; undefined where that is nothing. */
export interface Listed {
  readonly text: string;
  readonly value: string | undefined;
}

/** What the list is to be, or why it stays as it is. `seal` makes the text for a secret there. */
export type Change = (
  now: readonly Listed[],
  seal: (value: string) => Promise<string>,
) => Promise<readonly string[] | Refusal<"invalid_request" | "not_found">>;

/** What an operation that changes a list of secrets may refuse with. */
export const listRefusals = [
  "not_found",
  "not_ready",
  "relay_key_missing",
  "precondition_failed",
  "body_too_large",
  "not_stored",
] as const;

/** Another change may come between; then it is read and done again. */
const MAX_TRIES = 5;

const names = { key: "keys", signing: "secrets" } as const;

/**
 * Changes a list of secrets on the relay's own side, where each of them is known. What else is configured stays as it is.
 * @param action what the audit calls it
 * @returns that it is written, or why not
 */
export async function changeList(
  list: SecretList,
  action: string,
  change: Change,
  { env, now, caller }: Pick<ApiRequest, "env" | "now" | "caller">,
): Promise<"written" | Refusal<WriteRefusal | "not_found">> {
  const [place, lookup] = [placeConfig(env), lookupIn(env)];
  const keys = await sealingKeysIn(lookup);
  const path = [list.part, list.id, names[list.use]];
  const seal = async (value: string) => (keys.current === undefined ? "" : sealValue(value, list, keys.current));
  for (let tries = 1; ; tries++) {
    const { version, newest } = await readWritten(place, now);
    const document = version && readDocument(version.body);
    const texts = document === undefined ? undefined : textsAt(document, path);
    if (document === undefined || texts === undefined) return notThere;
    const listed = await Promise.all(
      texts.map(async (text) => ({
        text,
        value: isSealed(text) ? await open(text, list, keys) : resolveReference(text, lookup, list.use),
      })),
    );
    const changed = await change(listed, seal);
    if (changed instanceof Refusal) return changed;
    const text = printDocument(placeTexts(document, path, changed));
    const { state } = await examine(text, { rules: urlRules(lookup), lookup });
    if (state !== "valid") return faulty;
    const author = authorOf(caller, action, `${list.part}/${list.id}`);
    const outcome = await writeDocument(place, text, newest, now, author);
    if (outcome.state === "written") {
      forgetRelay();
      return "written";
    }
    if (outcome.state !== "lost") return refuseOutcome(outcome.state);
    if (tries === MAX_TRIES) return lostRace;
  }
}

async function open(text: string, list: SecretList, { current, previous }: SealingKeys): Promise<string | undefined> {
  return (await openValue(text, list, current)) ?? openValue(text, list, previous);
}

const notThere = new Refusal("not_found", "The configuration has no such place.");
const faulty = new Refusal(
  "invalid_request",
  "The configuration in force is faulty, so that nothing of it can be changed alone; an admin mends it first.",
);
