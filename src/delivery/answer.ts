/** As much of an answer as is kept: bytes read, characters kept. */
const MOST = 1024;
/** The rest of an answer that is no success may dawdle; milliseconds. */
const LIMIT = 1000;
const BLANK = "***";
/** A shorter value is no secret worth the name, and blanking it would only garble the text. */
const SHORTEST_SECRET = 4;

/**
 * The beginning of an answer that is no success, with secrets blanked; undefined when there is none. What is not read
 * is cancelled: an open body holds one of the Worker's six connections. Never rejects.
 */
export async function readAnswer(response: Response, secrets: readonly string[]): Promise<string | undefined> {
  const { body, ok } = response;
  if (ok || body === null) {
    await body?.cancel().catch(() => undefined);
    return undefined;
  }
  const values = secrets.filter(({ length }) => length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
  const longest = values[0]?.length ?? 0;
  const bytes = await readBeginning(body, MOST + longest);
  const text = values.reduce((left, value) => left.replaceAll(value, BLANK), new TextDecoder().decode(bytes));
  // Where reading stopped, a secret may have been cut in two.
  const whole = bytes.length < MOST + longest ? text : text.slice(0, text.length - longest);
  return whole.slice(0, MOST).toWellFormed() || undefined;
}

/** A body that breaks off or comes too late is kept as far as it came. */
async function readBeginning(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = body.getReader();
  const cancel = () => reader.cancel().catch(() => undefined);
  const timer = setTimeout(cancel, LIMIT);
  const bytes = new Uint8Array(most);
  let length = 0;
  try {
    while (length < most) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, most - length);
      bytes.set(part, length);
      length += part.length;
    }
  } catch {
    return bytes.subarray(0, length);
  } finally {
    clearTimeout(timer);
    await cancel();
  }
  return bytes.subarray(0, length);
}
