const utf8 = new TextEncoder();

/** Deflates text for the log: bodies repeat themselves, and the log is paid for by size. */
export async function deflate(text: string): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const [bytes] = await Promise.all([
    new Response(readable).arrayBuffer(),
    writer.write(utf8.encode(text)),
    writer.close(),
  ]);
  return new Uint8Array(bytes);
}

/** The text that was deflated. Rejects when the bytes are none of ours. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
