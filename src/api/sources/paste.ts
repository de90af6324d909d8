import * as z from "zod";
import { isLoopback } from "../../config/host.ts";
import { publicUrlOf } from "../../config/public-url.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { openText } from "../../platform/shown.ts";
import type { ApiRequest } from "../operation.ts";

/** What is pasted into the vendor. */
export const pasted = z.object({
  kind: openText.optional().describe("absent where one URL is for every kind"),
  url: openText,
  hint: openText.optional().describe("where the key goes when it is not part of the URL"),
});

/** Where vendors reach this relay: as `PUBLIC_URL` says, else where it was called. */
export function reachedAt({ env, headers }: Pick<ApiRequest, "env" | "headers">): string {
  const host = headers.get("host");
  const name = host?.replace(/:\d+$/, "");
  return publicUrlOf(lookupIn(env), {
    origin: host === null ? undefined : `${name !== undefined && isLoopback(name) ? "http" : "https"}://${host}`,
  });
}
