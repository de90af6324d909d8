import type { JsonObject } from "../../events/json.ts";
import { type Kind, readFlat } from "../kind.ts";
import { readByKind } from "../read-by-kind.ts";
import { readField } from "../values/fields.ts";
import type { Vendor } from "../vendor.ts";
import type { Members } from "../windows.ts";
import { decryptText, explainCipher, readCipher } from "./decrypt.ts";
import { ivr } from "./ivr.ts";
import { kinds } from "./kinds.ts";
import { spell } from "./names.ts";
import { looksLikeQuestion, readQuestion } from "./question.ts";
import { search } from "./search.ts";
import { isTime } from "./times.ts";

/** The kind that asks whether an agent may log in. */
const QUESTION = "project-login";

export const vccLive = {
  id: "vcc-live",
  name: "VCC Live",
  screen: "Global Webhooks, or those of a project",
  steps: [
    "Open the webhooks of the whole account (Global Webhooks), or those of one project.",
    "Make one webhook for each kind below and paste its URL; where you may choose a method, take POST.",
    "Leave other addresses out of it: what else wants these webhooks becomes another destination here.",
    "With encryption on, switch the random IV on and have each URL end in &iv= and VCC Live's own placeholder of it.",
    "Set a disposition as an agent: the source shows within seconds when it came.",
  ],
  kinds: Object.keys(kinds),
  aliases: { "mobile-disposition": "call-disposition" },
  refused: {
    ivr: "An IVR step waits for an answer that only your own flow knows; name the server that has it in responders.ivr of the source.",
    search:
      "A customer search waits for records of your own CRM; name the server that has them in responders.search of the source.",
  },
  asked: { ivr, search },
  kindInUrl: true,
  auth: [{ in: "query", name: "secret-key" }],
  encryption: {
    iv: "iv",
    explain: explainCipher,
    decrypt: async (body, name, key, ivHex) => {
      const cipher = readCipher(name);
      return cipher === undefined ? undefined : decryptText(body, cipher, key, ivHex);
    },
  },
  call: { record: "call.dispositioned", steps: [] },
  questionKind: QUESTION,
  asks: looksLikeQuestion,
  question: readQuestion,
  ...readByKind({
    kinds,
    question: QUESTION,
    remark: (fault, mismatch) => (fault === "unknown_kind" ? [fault] : [fault, ...mismatch]),
    read: readFlat(membersOf),
  }),
} as const satisfies Vendor;

function membersOf(body: JsonObject, { schema }: Kind): Members {
  const members = spell(body, schema.shape);
  const told = (name: string) => {
    const read = readField(schema.shape[name], members[name]);
    return typeof read === "string" ? read : undefined;
  };
  return { hasTime: (name) => isTime(told(name)), hasId: (name) => told(name) !== undefined };
}
