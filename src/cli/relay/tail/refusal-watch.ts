import * as z from "zod";
import { type RefusedRequest, refusedRequest } from "../../events/refused-request.ts";
import { readAnswer } from "../answer.ts";
import type { RelayClient } from "../client.ts";
import { type Query, toParameters } from "../pages.ts";

const MOST = "200";

const listing = z.object({ requests: z.array(refusedRequest) });

/** Looks for refused requests at a relay. Each look tells those that no look before told, the oldest first. */
export class RefusalWatch {
  readonly #relay: RelayClient;
  readonly #watched: Query;
  readonly #told = new Set<string>();

  constructor(relay: RelayClient, watched: Query) {
    this.#relay = relay;
    this.#watched = watched;
  }

  async next(): Promise<readonly RefusedRequest[]> {
    const answer = await this.#relay.call("GET", `rejections?${toParameters({ ...this.#watched, limit: MOST })}`);
    const { requests } = readAnswer(listing, answer);
    const fresh = requests.filter(({ request }) => !this.#told.has(request));
    const listed = new Set(requests.map(({ request }) => request));
    for (const request of this.#told) if (!listed.has(request)) this.#told.delete(request);
    for (const request of listed) this.#told.add(request);
    return fresh.toReversed();
  }
}
