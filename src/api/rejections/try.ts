import * as z from "zod";
import type { Source } from "../../config/load-relay.ts";
import { type JudgedRequest, judgeRequest, type WrittenRequest } from "../../intake/judge-request.ts";
import { describePlace } from "../../intake/keys/place-names.ts";
import { failedTooOften } from "../../platform/limit-failures.ts";
import { openText } from "../../platform/shown.ts";
import { operation, Refusal } from "../operation.ts";
import { type Advice, adviseOn } from "./advice.ts";
import { advice, sourceIds } from "./view.ts";

/** A body may be too large for a webhook, and is to be told so. */
const MOST_BYTES = 2_097_152;
const MAX_METHOD_CHARACTERS = 20;
const MAX_URL_CHARACTERS = 16_384;
const MAX_HEADERS = 100;
/** The relay's own address does not matter: a path alone is enough. */
const ANY_ORIGIN = "https://relay.invalid";
/** They tell how the bytes travelled, and the text is what was left of them. */
const TRAVEL = ["content-encoding", "transfer-encoding", "content-length", "connection", "host"];

/** `POST /api/rejections/try` */
export const tryRequest = operation({
  who: "operator",
  summary: "Whether a request would be accepted, and if not why: nothing is counted, stored, answered or sent on",
  mostBytes: MOST_BYTES,
  takes: {
    body: z
      .strictObject({
        method: z.string().trim().min(1).max(MAX_METHOD_CHARACTERS).default("POST").describe("POST unless given"),
        url: z
          .string()
          .trim()
          .min(1)
          .max(MAX_URL_CHARACTERS)
          .describe("the address, with its query; its path is enough"),
        headers: z
          .record(z.string(), z.string())
          .default({})
          .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, `more than ${MAX_HEADERS}`)
          .describe("by name; how the body was encoded on its way does not count"),
        body: z.string().default("").describe("as text"),
      })
      .meta({
        example: {
          method: "POST",
          url: "/in/acme-vcc/user?secret-key=…",
          headers: { "content-type": "application/json" },
          body: "{}",
        },
      }),
  },
  gives: advice.extend({
    accepted: z.boolean(),
    status: z.int().describe("what the vendor would be answered"),
    reason: openText.optional().describe("why it would be refused, as in the list"),
    source: openText.optional(),
    vendor: openText.optional(),
    kind: openText.optional().describe("the kind in the address, where the vendor has it"),
    question: z.boolean().describe("it is a question, and would be answered at once"),
    key: openText.optional().describe("the reference of the key that proves it, never the key"),
    signed: z.boolean().optional().describe("whether it is proved by a signature"),
    looked: z.array(openText).describe("where this source looks for its proof"),
    came: z.array(openText).describe("where something stands that may be its key, and nobody looks for one"),
    warnings: z.array(openText).describe("what its event would be warned of"),
  }),
  refusals: ["not_ready", "too_many_failures"],
  run: async ({ body, caller, ...work }) => {
    const written = toRequest(body);
    if (written === undefined) return unwritable;
    const judged = await judgeRequest(written, work);
    if (judged.state === "not_ready") return noConfiguration;
    // Whoever tries one key after the other looks for one.
    const isWrong = judged.state === "stranger" && judged.reason === "wrong_key";
    if (isWrong && (await failedTooOften(work.env, `try ${caller.name}`))) return tooOften;
    return tell(judged, await sourceIds(work));
  },
});

const unwritable = new Refusal(
  "invalid_request",
  "This is no request: the address must be one, as /in/acme-vcc/user?secret-key=…, and headers need names and values that HTTP allows.",
);
const noConfiguration = new Refusal(
  "not_ready",
  "No configuration can be read at the moment: every webhook is refused.",
);
const tooOften = new Refusal("too_many_failures", "You have tried too many wrong keys. Try again in a minute.");

function toRequest({ method, url, headers, body }: Record<"method" | "url" | "body", string> & { headers: object }) {
  try {
    const kept = new Headers(Object.entries(headers));
    for (const name of TRAVEL) kept.delete(name);
    const address = new URL(url, ANY_ORIGIN);
    // No request may carry them in its address, and intake never sees them there.
    [address.username, address.password] = ["", ""];
    const written: WrittenRequest = { method: method.toUpperCase(), url: address, headers: kept, body };
    return written;
  } catch {
    return undefined;
  }
}

function tell(judged: Exclude<JudgedRequest, { state: "not_ready" }>, ids: readonly string[]) {
  if (judged.state === "nowhere") {
    const refused = { accepted: false, status: 404, reason: "not_found", question: false };
    return { ...refused, looked: [], came: [], warnings: [], ...astray };
  }
  const { id, source, kind } = judged;
  const about = {
    source: id === "" ? "*" : id,
    ...(source === undefined ? {} : { vendor: source.vendor.id }),
    ...(kind === undefined ? {} : { kind }),
    looked: source === undefined ? [] : source.auth.map(describePlace),
    came: judged.state === "stranger" ? judged.came : [],
  };
  if ("isSigned" in judged) {
    const { state, key, isSigned, warnings } = judged;
    const question = state !== "accepted";
    const accepted = { accepted: true, status: 200, question, key, signed: isSigned };
    return { ...about, ...accepted, warnings: [...warnings], ...praise(key, state, judged) };
  }
  const { reason, status } = judged;
  const proved = judged.state === "refused" ? { key: judged.key } : {};
  const advised = adviseOn({ reason, source: about.source, kind, status, came: about.came }, { source, ids });
  return {
    ...about,
    accepted: false,
    status,
    reason,
    question: false,
    ...proved,
    warnings: [],
    ...aged(advised, judged),
  };
}

/** What was signed grows old while it is carried here. */
function aged(advised: Advice, { source, ...judged }: { source?: Source; reason: string }): Advice {
  const scheme = source?.signature;
  const hasTime = scheme === "standard-webhooks" || scheme?.timestamp !== undefined;
  if (judged.reason !== "wrong_key" || !hasTime) return advised;
  return {
    ...advised,
    next: `${advised.next} Mind that a signature holds for some minutes only: of an older request it fails here for its age.`,
  };
}

const astray: Advice = {
  sentence: "Its address is none of this relay's for webhooks.",
  next: "Webhooks come to `/in/<source>`; `npx hookswitch url <source>` prints the whole address.",
};

const taken = {
  accepted: (key: string) => `It would be accepted: the key \`${key}\` proves it.`,
  asked: (key: string) => `It would be answered: a login question, proved by the key \`${key}\`.`,
  asked_responder: (key: string) => `Its responder would be asked: a question, proved by the key \`${key}\`.`,
};

function praise(
  key: string,
  state: keyof typeof taken,
  { isKindUnknown }: { readonly isKindUnknown: boolean },
): Advice {
  const kind = isKindUnknown
    ? " The kind in its address is none that the vendor has: it is read by what it looks like."
    : "";
  return {
    sentence: `${taken[state](key)}${kind}`,
    next: "Nothing. If the vendor is refused all the same, what it sends is not what stands here: look for it among the refused requests.",
  };
}
