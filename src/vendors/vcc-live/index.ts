import type { Vendor } from "../vendor.ts";
import { decryptText, explainCipher, readCipher } from "./decrypt.ts";
import { expectedOf } from "./expected.ts";
import { kindNames } from "./kinds.ts";
import { normalize } from "./normalize.ts";
import { looksLikeQuestion, readQuestion } from "./question.ts";

export const vccLive = {
  id: "vcc-live",
  name: "VCC Live",
  kinds: kindNames,
  aliases: { "mobile-disposition": "call-disposition" },
  refused: {
    ivr: "An IVR step waits for an answer that only your own flow knows; point it at your own server instead.",
    search: "A customer search waits for records of your own CRM; point it at your own server instead.",
  },
  auth: [{ in: "query", name: "secret-key" }],
  encryption: {
    explain: explainCipher,
    decrypt: async (body, name, key, ivHex) => {
      const cipher = readCipher(name);
      return cipher === undefined ? undefined : decryptText(body, cipher, key, ivHex);
    },
  },
  questionKind: "project-login",
  asks: looksLikeQuestion,
  question: readQuestion,
  normalize,
  expected: expectedOf,
} as const satisfies Vendor;
