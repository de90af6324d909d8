import * as z from "zod";
import { kindsInUrl, type OfKinds, type Pasted, pasteFor } from "../../config/paste.ts";
import { makeKey } from "../../config/secrets/make-secret.ts";
import { nameReference } from "../../config/secrets/reference.ts";
import { sealingKeysIn } from "../../config/secrets/sealed.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { changeList, listRefusals } from "../config/change-list.ts";
import { noRelayKey } from "../config/seal.ts";
import { inForce, tellInForce } from "../documents/written.ts";
import { operation, Refusal } from "../operation.ts";
import { findSource, pastedOf, sourcePath } from "./find.ts";
import { pasted, reachedAt } from "./paste.ts";

/** All of them are live: whoever has more has forgotten some. */
const MAX_KEYS = 8;

/** `POST /api/sources/:id/key` */
export const addKey = operation({
  who: "admin",
  summary: "Makes a source a new key, shown once with the URLs to paste; those before stay live until they are ended",
  takes: { params: sourcePath },
  gives: z.object({
    key: z.string().describe("it is shown nowhere else"),
    name: z.string().describe("how events and the list of sources call it"),
    urls: z.array(pasted),
    inForce,
  }),
  refusals: listRefusals,
  run: async ({ params: { id }, ...request }) => {
    const source = await findSource(id, request);
    if (source instanceof Refusal) return source;
    if (source.signature !== undefined) return ofSender;
    const { current } = await sealingKeysIn(lookupIn(request.env));
    if (current === undefined) return noRelayKey;
    const of = pastedOf(source);
    const key = makeKey(of);
    let name = "";
    const done = await changeList(
      { part: "sources", id, use: "key" },
      "source.key_added",
      async (listed, seal) => {
        if (listed.length >= MAX_KEYS) return tooMany;
        const sealed = await seal(key);
        name = nameReference(sealed, 0);
        return [sealed, ...listed.map(({ text }) => text)];
      },
      request,
    );
    if (done instanceof Refusal) return done;
    return { key, name, urls: urlsOf(reachedAt(request), id, of, key), inForce: tellInForce(request.now) };
  },
});

/** `DELETE /api/sources/:id/keys/:name` */
export const endKey = operation({
  who: "admin",
  summary: "Ends a key of a source: what comes with it is refused from then on",
  takes: { params: sourcePath.extend({ name: z.string() }) },
  gives: z.object({ name: z.string(), live: z.int().describe("how many keys are live now"), inForce }),
  refusals: listRefusals,
  run: async ({ params: { id, name }, ...request }) => {
    const source = await findSource(id, request);
    if (source instanceof Refusal) return source;
    let live = 0;
    const done = await changeList(
      { part: "sources", id, use: "key" },
      "source.key_ended",
      async (listed) => {
        const left = listed.filter(({ text }, position) => nameReference(text, position) !== name);
        live = left.filter(({ value }) => value !== undefined).length;
        if (left.length === listed.length) return noKey;
        return live === 0 ? lastKey : left.map(({ text }) => text);
      },
      request,
    );
    return done instanceof Refusal ? done : { name, live, inForce: tellInForce(request.now) };
  },
});

function urlsOf(base: string, id: string, source: Pasted & OfKinds, key: string) {
  const kinds = kindsInUrl(source);
  return (kinds.length === 0 ? [undefined] : kinds).map((kind) => ({ kind, ...pasteFor(base, id, source, kind, key) }));
}

const ofSender = new Refusal(
  "invalid_request",
  "The webhooks of this source are signed: its sender makes the secret. Put it into the configuration beside the old one.",
);
const tooMany = new Refusal(
  "invalid_request",
  `A source that has ${MAX_KEYS} keys gets no further one: end an old one first.`,
);
const noKey = new Refusal("not_found", "This source has no key of this name.");
const lastKey = new Refusal("invalid_request", "It is the last key that is live: make a new one first.");
