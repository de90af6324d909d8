/** What production refuses and the local runtime does not. Limits of D1 and Queues as Cloudflare's pages give them. */
const MOST_PARAMETERS = 100;
/** Of a row, and of each parameter; bytes. */
const LARGEST_ROW = 2_000_000;
const LONGEST_STATEMENT = 100_000;
/** With its metadata; bytes. */
const LARGEST_MESSAGE = 128_000 - 100;
const MOST_MESSAGES = 100;
const LARGEST_BATCH = 256_000;

/** Why D1 would refuse a statement with its parameters; undefined when it would not. */
export function refusedStatement(sql: string, values: readonly unknown[]): Error | undefined {
  const sizes = values.map(sizeOf);
  const row = sql.trimStart().startsWith("INSERT") && sql.includes("VALUES") ? sizes.reduce((a, b) => a + b, 0) : 0;
  if (values.length > MOST_PARAMETERS) return new Error("D1_ERROR: too many SQL variables");
  if (sql.length > LONGEST_STATEMENT) return new Error("D1_ERROR: statement too long");
  if (Math.max(row, ...sizes) > LARGEST_ROW) return new Error("D1_ERROR: string or blob too big: SQLITE_TOOBIG");
  return undefined;
}

/** Throws what Queues would for messages that are too large, too many, or too large together. */
export function refuseMessages(bodies: readonly unknown[]): void {
  const sizes = bodies.map((body) => sizeOf(JSON.stringify(body)));
  if (bodies.length > MOST_MESSAGES) throw new Error("Queue sendBatch failed: too many messages (10206)");
  if (sizes.some((size) => size > LARGEST_MESSAGE)) throw new Error("Queue send failed: message too large (10204)");
  if (sizes.reduce((a, b) => a + b, 0) > LARGEST_BATCH) throw new Error("Queue sendBatch failed: too large (10205)");
}

function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  return typeof value === "string" ? new TextEncoder().encode(value).byteLength : 8;
}
