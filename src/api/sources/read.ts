import * as z from "zod";
import { keyPlaceholder, kindsInUrl, pasteFor } from "../../config/paste.ts";
import { openText } from "../../platform/shown.ts";
import { operation, Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";
import { describeSources, sourceView } from "./describe.ts";
import { findSource, pastedOf, sourcePath } from "./find.ts";
import { pasted, reachedAt } from "./paste.ts";

/** `GET /api/sources` */
export const listSources = operation({
  who: "viewer",
  summary: "All sources: their vendors and keys, and when each key proved something last",
  takes: {},
  gives: z.object({ items: z.array(sourceView) }),
  refusals: ["not_ready"],
  run: async (request) => {
    const relay = await relayInForce(request);
    return relay instanceof Refusal
      ? relay
      : { items: await describeSources([...relay.sources.values()], relay, request) };
  },
});

/** `GET /api/sources/:id` */
export const readSource = operation({
  who: "viewer",
  summary: "One source: what to paste into its vendor, and where",
  takes: { params: sourcePath },
  gives: sourceView.extend({
    urls: z.array(pasted).describe("what stands for the key is its name, or <key>"),
    steps: z.array(openText).describe("what to do in the vendor's product, one after the other"),
    kinds: z.array(openText).describe("those that the vendor has"),
    asks: z.boolean().describe("it asks who may log in"),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, ...request }) => {
    const [relay, source] = [await relayInForce(request), await findSource(id, request)];
    if (relay instanceof Refusal) return relay;
    if (source instanceof Refusal) return source;
    const [described] = await describeSources([source], relay, request);
    if (described === undefined) throw new Error("a source was asked for and none described");
    const [of, base] = [pastedOf(source), reachedAt(request)];
    const kinds = kindsInUrl(of);
    const key = keyPlaceholder(source.keys[0]?.name ?? "");
    return {
      ...described,
      urls: (kinds.length === 0 ? [undefined] : kinds).map((kind) => ({ kind, ...pasteFor(base, id, of, kind, key) })),
      steps: [...(source.vendor.steps ?? [])],
      kinds: [...source.vendor.kinds],
      asks: source.vendor.questionKind !== undefined,
    };
  },
});
