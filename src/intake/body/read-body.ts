import { readAtMost } from "../../platform/read-at-most.ts";

/** 1 MiB. */
export const MAX_BODY_BYTES = 1_048_576;

/** The bytes of a request; `too_large` over MAX_BODY_BYTES, `broken` when the connection did not bring them all. */
export type RequestBody =
  | { readonly state: "whole"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "too_large" }
  | { readonly state: "broken" };

/**
 * Reads a body up to the limit. One that says how long it is, and is no longer, is read at once; any other piece by piece,
 * for it might have no end. Never rejects.
 */
export async function readBody(request: Request): Promise<RequestBody> {
  try {
    const bytes = isShort(request.headers)
      ? new Uint8Array(await request.arrayBuffer())
      : await readAtMost(request.body, MAX_BODY_BYTES);
    return bytes === undefined || bytes.byteLength > MAX_BODY_BYTES
      ? { state: "too_large" }
      : { state: "whole", bytes };
  } catch {
    return { state: "broken" };
  }
}

/** The connection ends a body where its length says; one in chunks ends where they do (RFC 9112, 6.3). */
function isShort(headers: Headers): boolean {
  const length = headers.get("content-length");
  const isKnown = length !== null && /^\d{1,7}$/.test(length) && Number(length) <= MAX_BODY_BYTES;
  return isKnown && !headers.has("transfer-encoding");
}
