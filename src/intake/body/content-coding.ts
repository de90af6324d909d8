import { MAX_BODY_BYTES, type RequestBody } from "./read-body.ts";

/** A body without its content coding; `unknown_coding` where nobody here can undo it, `broken_coding` where it is damaged. */
export type Content = RequestBody | { readonly state: "unknown_coding" | "broken_coding" };

type Format = "gzip" | "deflate" | "deflate-raw";

/**
 * Undoes the content coding of a body (RFC 9110, 8.4): one of `gzip` and `deflate`, never beyond MAX_BODY_BYTES. Bytes after
 * the end of the stream are damage, too, for nobody would ever see them. An empty body is empty whatever its label
 * says. Never rejects.
 */
export function undoCoding(body: RequestBody, headers: Headers): Content | Promise<Content> {
  const written = headers.get("content-encoding");
  return written === null ? body : undo(body, written);
}

async function undo(body: RequestBody, written: string): Promise<Content> {
  const [coding, another] = codingsOf(written);
  if (coding === undefined || body.state !== "whole" || body.bytes.byteLength === 0) return body;
  const formats = another === undefined ? formatsOf(coding, body.bytes) : [];
  let content: Content = { state: "unknown_coding" };
  for (const format of formats) {
    content = await inflate(body.bytes, format);
    if (content.state !== "broken_coding") return content;
  }
  return content;
}

/** `identity` is no coding. */
function codingsOf(written: string): string[] {
  const words = written.split(",").map((word) => word.trim().toLowerCase());
  return words.filter((word) => word !== "" && word !== "identity");
}

/** `deflate` is zlib's format (RFC 1950); some senders leave its wrapping out (RFC 1951). */
function formatsOf(coding: string, bytes: Uint8Array): Format[] {
  if (coding === "gzip" || coding === "x-gzip") return ["gzip"];
  if (coding !== "deflate") return [];
  const [method = 0, flags = 0] = bytes;
  const isZlib = (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
  return isZlib ? ["deflate", "deflate-raw"] : ["deflate-raw"];
}

/**
 * What the stream makes of a write lies in memory at once, up to a thousand times its size: so the bytes go in by
 * slices, and no further one once more than MAX_BODY_BYTES came out.
 */
const SLICE_BYTES = 4096;

async function inflate(bytes: Uint8Array<ArrayBuffer>, format: Format): Promise<Content> {
  const { writable, readable } = new DecompressionStream(format);
  const writer = writable.getWriter();
  const reader = readable.getReader({ mode: "byob" });
  let isFull = false;
  // Whatever breaks breaks the writing, too; a promise that nobody awaits yet must not reject.
  const reading = reader.readAtLeast(MAX_BODY_BYTES + 1, new Uint8Array(MAX_BODY_BYTES + 1)).then(
    ({ value }) => {
      const content = value ?? new Uint8Array();
      isFull = content.byteLength > MAX_BODY_BYTES;
      return content;
    },
    () => undefined,
  );
  try {
    for (let at = 0; at < bytes.length && !isFull; at += SLICE_BYTES) {
      await writer.write(bytes.subarray(at, at + SLICE_BYTES));
    }
    if (!isFull) await writer.close();
  } catch {
    return { state: "broken_coding" };
  }
  const content = await reading;
  if (content !== undefined && !isFull) return { state: "whole", bytes: content };
  await Promise.allSettled([reader.cancel(), writer.abort()]);
  return { state: content === undefined ? "broken_coding" : "too_large" };
}
