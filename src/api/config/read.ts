import { readWritten } from "../../config/documents/edit.ts";
import { hideSecrets } from "../../config/secrets/hide-secrets.ts";
import { etagOf } from "../documents/etag.ts";
import { operation, Refusal, Reply } from "../operation.ts";
import { configBody, placeConfig } from "./document.ts";

/** `GET /api/config` */
export const readConfig = operation({
  who: "admin",
  summary: "The configuration; its ETag is its version, and secrets that stand in it are shown as ***",
  takes: {},
  gives: configBody,
  refusals: ["not_found"],
  run: async ({ env, now }) => {
    const { version } = await readWritten(placeConfig(env), now);
    if (version === undefined) return new Refusal("not_found", "No valid configuration was put yet; PUT one.");
    return new Reply(hideSecrets(version.body), { etag: etagOf(version.hash) });
  },
});
