import { readAtMost } from "../../platform/read-at-most.ts";

/** 1 MiB. */
export const MAX_BODY_BYTES = 1_048_576;

/** The bytes of a request; `too_large` over MAX_BODY_BYTES, `broken` when the connection did not bring them all. */
export type RequestBody =
  | { readonly state: "whole"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "too_large" }
  | { readonly state: "broken" };

/** Reads a body up to the limit. Never rejects. */
export async function readBody(stream: ReadableStream<Uint8Array> | null): Promise<RequestBody> {
  try {
    const bytes = await readAtMost(stream, MAX_BODY_BYTES);
    return bytes === undefined ? { state: "too_large" } : { state: "whole", bytes };
  } catch {
    return { state: "broken" };
  }
}
