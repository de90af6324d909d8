import { blankSecrets } from "./blank-secrets.ts";

/** This much of an answer is read, and kept without its secrets. */
const MAX_ANSWER_BYTES = 1024;
/** The rest of an answer that is no success may dawdle; milliseconds. */
const LIMIT_MS = 1000;

/**
 * The beginning of an answer that is no success, with secrets blanked; undefined when there is none. What is not read
 * is cancelled: an open body holds one of the Worker's six connections. Never rejects.
 */
export async function readResponse(response: Response, secrets: readonly string[]): Promise<string | undefined> {
  const { body, ok } = response;
  if (ok || body === null) {
    await body?.cancel().catch(() => undefined);
    return undefined;
  }
  const { bytes, ended } = await readBeginning(body);
  // A character that was cut in two is left out, so that what stands before it is the end.
  const text = new TextDecoder().decode(bytes, { stream: !ended });
  return blankSecrets(text, secrets, !ended).toWellFormed() || undefined;
}

/** A body that breaks off or comes too late is kept as far as it came. */
async function readBeginning(body: ReadableStream<Uint8Array>): Promise<{ bytes: Uint8Array; ended: boolean }> {
  const reader = body.getReader();
  let cancelled = false;
  const cancel = () => {
    cancelled = true;
    return reader.cancel().catch(() => undefined);
  };
  const timer = setTimeout(cancel, LIMIT_MS);
  const bytes = new Uint8Array(MAX_ANSWER_BYTES);
  let length = 0;
  let ended = false;
  try {
    while (length < MAX_ANSWER_BYTES) {
      const { done, value } = await reader.read();
      if (done) {
        ended = !cancelled;
        break;
      }
      const part = value.subarray(0, MAX_ANSWER_BYTES - length);
      bytes.set(part, length);
      length += part.length;
    }
  } catch {
    ended = false;
  } finally {
    clearTimeout(timer);
    await cancel();
  }
  return { bytes: bytes.subarray(0, length), ended };
}
