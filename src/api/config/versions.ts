import * as z from "zod";
import { hideSecrets } from "../../config/secrets/hide-secrets.ts";
import { listVersions, readVersion } from "../../log/documents/versions.ts";
import { etagOf } from "../documents/etag.ts";
import { listed, MAX_VERSIONS, versionItem, versionName } from "../documents/versions.ts";
import { writtenAnswer } from "../documents/written.ts";
import { operation, Refusal, Reply } from "../operation.ts";
import { configBody, placeConfig } from "./document.ts";
import { writeConfig } from "./replace.ts";

const noVersion = new Refusal("not_found", "No such version of the configuration is kept.");

/** `GET /api/config/versions` */
export const listConfigVersions = operation({
  who: "admin",
  summary: "The versions of the configuration, the newest first",
  takes: {},
  gives: z.object({ items: z.array(versionItem) }),
  run: async ({ env }) => ({ items: listed(await listVersions(env.LOG, placeConfig(env).name, MAX_VERSIONS)) }),
});

/** `GET /api/config/versions/:version` */
export const readConfigVersion = operation({
  who: "admin",
  summary: "One version of the configuration, by its number or hash; secrets as ***",
  takes: { params: z.object({ version: versionName }) },
  gives: configBody,
  refusals: ["not_found"],
  run: async ({ params, env }) => {
    const version = await readVersion(env.LOG, placeConfig(env).name, params.version);
    return version === undefined ? noVersion : new Reply(hideSecrets(version.body), { etag: etagOf(version.hash) });
  },
});

/** `POST /api/config/rollback` */
export const rollBackConfig = operation({
  who: "admin",
  summary: "Puts an older version of the configuration in force again, as its newest version",
  takes: { body: z.strictObject({ version: versionName }) },
  gives: writtenAnswer,
  refusals: ["not_found", "precondition_failed", "body_too_large", "not_stored"],
  run: async ({ body, ...request }) => {
    const version = await readVersion(request.env.LOG, placeConfig(request.env).name, body.version);
    return version === undefined ? noVersion : writeConfig(version.body, "config.rolled_back", request);
  },
});
