/** 1 MiB. */
export const MAX_BODY_BYTES = 1_048_576;

/** The bytes of a request; `too_large` over MAX_BODY_BYTES, `broken` when the connection did not bring them all. */
export type RequestBody =
  | { readonly state: "whole"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "too_large" }
  | { readonly state: "broken" };

/** Reads a body up to the limit and cancels the rest: a length header may lie, or be missing. Never rejects. */
export async function readBody(stream: ReadableStream<Uint8Array> | null): Promise<RequestBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream ?? []) {
      length += chunk.byteLength;
      if (length > MAX_BODY_BYTES) return { state: "too_large" };
      chunks.push(chunk);
    }
  } catch {
    return { state: "broken" };
  }
  return { state: "whole", bytes: join(chunks, length) };
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
