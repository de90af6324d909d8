import * as z from "zod";
import { explainValue } from "../../config/check/secret.ts";
import { readWritten } from "../../config/documents/edit.ts";
import { urlBeside } from "../../config/secrets/find-secrets.ts";
import { isReference } from "../../config/secrets/reference.ts";
import { readDocument, textAt } from "../../config/secrets/rewrite.ts";
import { sealingKeysIn, sealValue } from "../../config/secrets/sealed.ts";
import { placeNamed } from "../../config/secrets/sealed-place.ts";
import { originOf } from "../../config/secrets/secret-url.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Work } from "../../platform/work.ts";
import { operation, Refusal } from "../operation.ts";
import { placeConfig } from "./document.ts";

/** Longer values stand in no header, and prove nothing better. */
const MAX_VALUE_CHARACTERS = 4096;

/** `POST /api/config/seal` */
export const sealSecret = operation({
  who: "admin",
  summary: "Seals a secret for one place of the configuration: the answer is the text to write there",
  takes: {
    body: z
      .strictObject({
        path: z
          .string()
          .describe(
            "sources.<id>.keys, sources.<id>.encryption, destinations.<id>.secrets or destinations.<id>.headers.<name>; secrets and headers of sources.<id>.responders.<kind> likewise",
          ),
        value: z.string().trim().min(1).max(MAX_VALUE_CHARACTERS).describe("the secret itself"),
        url: z
          .string()
          .optional()
          .describe("for a header of a destination or responder that is not configured yet: where it is sent"),
      })
      .meta({ example: { path: "sources.acme-vcc.keys", value: "5b1d0c4e9f7a8e2d" } }),
  },
  gives: z.object({ sealed: z.string().describe("sealed:v1:…; it opens at that place alone") }),
  refusals: ["relay_key_missing"],
  run: async ({ body: { path, value, url }, ...work }) => {
    const place = placeNamed(path);
    if (place === undefined) return noPlace;
    if (isReference(value))
      return new Refusal("invalid_request", "body.value: the secret itself is sealed, no reference to it");
    const message = explainValue(value, place.use, undefined);
    if (message !== undefined) return new Refusal("invalid_request", `body.value: ${message}`);
    const { current } = await sealingKeysIn(lookupIn(work.env));
    if (current === undefined) return noRelayKey;
    const origin = place.use === "header" ? originOf(url ?? (await urlOf(path, work))) : undefined;
    if (place.use === "header" && origin === undefined) return noOrigin;
    return { sealed: await sealValue(value, { ...place, origin }, current) };
  },
});

/** The URL of a destination or responder in the version in force; empty where there is none. */
async function urlOf(path: string, { env, now }: Work): Promise<string> {
  const { version } = await readWritten(placeConfig(env), now);
  return version === undefined ? "" : textAt(readDocument(version.body), urlBeside(path.split(".")));
}

export const noRelayKey = new Refusal(
  "relay_key_missing",
  "Nothing can be sealed: the Worker has no secret RELAY_KEY. npm run deploy makes one.",
);
const noPlace = new Refusal(
  "invalid_request",
  "body.path: no secret stands there; such a path is sources.acme.keys or destinations.crm.headers.x-team",
);
const noOrigin = new Refusal(
  "invalid_request",
  "body.path: no such destination or responder is configured, so that nobody knows where its headers go; give its url, too",
);
