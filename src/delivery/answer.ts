/** As much of an answer as is kept; bytes. */
const MOST = 1024;
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
  const bytes = await readBeginning(body, MOST + (values[0]?.length ?? 0));
  const text = values.reduce((left, value) => left.replaceAll(value, BLANK), new TextDecoder().decode(bytes));
  return text.slice(0, MOST) || undefined;
}

/** A body that breaks off or comes too late is kept as far as it came. */
async function readBeginning(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = body.getReader();
  const bytes = new Uint8Array(most);
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done && length < most; part = await reader.read()) {
      bytes.set(part.value.subarray(0, most - length), length);
      length += Math.min(part.value.length, most - length);
    }
    await reader.cancel();
  } catch {
    return bytes.subarray(0, length);
  }
  return bytes.subarray(0, length);
}
