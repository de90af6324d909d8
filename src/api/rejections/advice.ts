import type { Source } from "../../config/load-relay.ts";
import { signatureHeader } from "../../config/schema/signature.ts";
import { describePlace } from "../../intake/keys/place-names.ts";
import { methodsOf } from "../../intake/methods.ts";

/** What happened, and what to do about it: a sentence each. */
export interface Advice {
  readonly sentence: string;
  readonly next: string;
}

/** What is known of a refused request, or of several that are alike. */
export interface RefusedFor {
  readonly reason: string;
  /** The id in the URL. */
  readonly source: string;
  readonly kind?: string | undefined;
  readonly status?: number | undefined;
  /** Where a key stood that nobody looks at. */
  readonly came?: readonly string[] | undefined;
}

/** The source that it was meant for, and the ids of all. */
export interface Known {
  readonly source: Source | undefined;
  readonly ids: readonly string[];
}

/** Why requests are refused, in words. The one table that all who tell of it read. */
const table: Readonly<Record<string, (refused: RefusedFor, known: Known) => Advice>> = {
  no_key: ({ source: id, came = [] }, { source }) => ({
    sentence:
      came.length === 0
        ? `It brought no ${proofOf(source)}; this source looks in ${lookedIn(source)}.`
        : `The key came in ${listPlaces(came)}; this source looks in ${lookedIn(source)}.`,
    next: `Give the vendor the address that \`npx hookswitch url ${id}\` prints${
      came.length === 0 ? "" : `, or name the place in \`sources.${id}.auth\``
    }.`,
  }),
  wrong_key: ({ source: id }, { source }) => ({
    sentence: `It brought a ${proofOf(source)} in ${lookedIn(source)} that none of this source's keys makes valid.`,
    next: `Compare the key at the vendor with ${keysOf(id, source)}, and set the one that is wrong.`,
  }),
  unknown_source: ({ source: id }, { ids }) => ({
    sentence: id === "*" ? "It named no source that there is." : `No source is called \`${id}\`.`,
    next: `Correct the address at the vendor, or add the source${ids.length === 0 ? "" : `; there are ${ids.map(quote).join(", ")}`}.`,
  }),
  method_not_allowed: ({ source: id, kind }, { source }) => ({
    sentence: "It came by a method that is not taken here.",
    next: isUnanswered(kind, source)
      ? answerOrOff(id)
      : source === undefined || kind === undefined
        ? "Have the vendor use POST, which every kind takes."
        : `Have the vendor use one of ${methodsOf({ source, kind }).join(", ")}.`,
  }),
  too_large: () => ({
    sentence: "Its body has more than 1 MiB.",
    next: "Have the vendor send less: attachments by address, transcripts in parts.",
  }),
  not_supported: ({ source: id, kind }) => ({
    sentence: `${kind === undefined ? "This kind" : `The kind \`${kind}\``} asks for an answer that this relay cannot give.`,
    next: answerOrOff(id),
  }),
  no_answer: ({ source: id, kind = "<kind>" }) => ({
    sentence: "Its responder gave no answer that the vendor takes, and the configuration has none for this case.",
    next: `Look at that server; \`otherwise\` in \`sources.${id}.responders.${kind}\` is answered in its place.`,
  }),
  malformed: () => ({
    sentence: "Its body is neither JSON nor a form.",
    next: "Have the vendor send JSON; which names were seen in such bodies, `members` of `GET /api/rejections` tells.",
  }),
  unknown_coding: () => ({
    sentence: "Its body has a content coding other than gzip and deflate, or several.",
    next: "Have the sender, or the proxy before it, send gzip or no coding.",
  }),
  broken_coding: () => ({
    sentence: "Its body is not of the content coding that it says, or is damaged.",
    next: "Look at what stands between vendor and relay: something changes the body.",
  }),
  undecryptable: ({ source: id }) => ({
    sentence: "Its body cannot be decrypted with any key of this source.",
    next: `Compare cipher, key and iv at the vendor with \`sources.${id}.encryption\`.`,
  }),
  invalid_question: () => ({
    sentence: "The login question names no project, or neither the agent's id nor the user name.",
    next: "Have the vendor send projectId, and userId or username.",
  }),
  not_stored: () => ({
    sentence: "Neither queue nor log took it in time; the vendor was asked to send it again.",
    next: "If there are many, look at `npx hookswitch doctor` and at Cloudflare's status; ask the vendor to send them again.",
  }),
};

/** Why a request was refused, and what to do. */
export function adviseOn(refused: RefusedFor, known: Known): Advice {
  const advise = Object.hasOwn(table, refused.reason) ? table[refused.reason] : undefined;
  const advice = advise?.(refused, known) ?? {
    sentence: "It was refused for one of many reasons of that day, which were only counted.",
    next: "Look at the other lines of that source and day.",
  };
  return refused.status === 429
    ? { ...advice, next: `${advice.next} Its network is limited meanwhile; a request with a live key never is.` }
    : advice;
}

/** A question without a responder is answered by no method. */
function isUnanswered(kind = "", source: Source | undefined): boolean {
  return source !== undefined && Object.hasOwn(source.vendor.asked ?? {}, kind) && !source.responders.has(kind);
}

function answerOrOff(id: string): string {
  return `Name the server that has the answer in \`sources.${id}.responders\`, or switch the webhook off at the vendor.`;
}

function proofOf(source: Source | undefined): string {
  return source?.signature === undefined ? "key" : "signature";
}

function lookedIn(source: Source | undefined): string {
  if (source?.signature !== undefined) return `header \`${signatureHeader(source.signature)}\``;
  return source === undefined ? "another place" : listPlaces(source.auth.map(describePlace));
}

function keysOf(id: string, source: Source | undefined): string {
  const names = [...new Set(source?.keys.map(({ name }) => name))].map(quote);
  return names.length === 0 ? `\`sources.${id}.keys\`, none of which is set` : names.join(", ");
}

/** `query secret-key` as it is read: query `secret-key`. */
function listPlaces(places: readonly string[]): string {
  const quoted = places.map((place) => {
    const [where = "", ...name] = place.split(" ");
    return name.length === 0 ? where : `${where} ${quote(name.join(" "))}`;
  });
  return quoted.join(" or ");
}

function quote(text: string): string {
  return `\`${text}\``;
}
