import type { Handler } from "hono";
import { NO_SNIFF } from "../../api/no-sniff.ts";
import { newRequestId } from "../../platform/request-id.ts";
import { problem } from "../../problem.ts";
import { assets } from "./built.ts";

const BASE = "/dashboard/assets/";
/** A file's name holds a digest of it: the same name is the same file for ever. */
const KEPT = "public, max-age=31536000, immutable";

const byPath = new Map(Object.values(assets).map((asset) => [`${BASE}${asset.file}`, asset]));

/** Where a file is, by the name that it has in the source. */
export function assetPath(name: keyof typeof assets): string {
  return `${BASE}${assets[name].file}`;
}

/** `GET /dashboard/assets/:file`, for everybody: nothing in it is anybody's. */
export const serveAsset: Handler = (c) => {
  const asset = byPath.get(c.req.path);
  if (asset === undefined) return problem("not_found", newRequestId(), "The dashboard has no such file.", NO_SNIFF);
  return new Response(asset.text, {
    headers: {
      "content-type": asset.type,
      "cache-control": KEPT,
      ...NO_SNIFF,
      "cross-origin-resource-policy": "same-origin",
    },
  });
};
