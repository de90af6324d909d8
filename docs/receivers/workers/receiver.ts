// Receives hookswitch's events in a Cloudflare Worker, and keeps them in D1. In the folder of this file:
//   npx wrangler d1 create receiver          (and its id into wrangler.toml)
//   npx wrangler d1 execute receiver --remote --file schema.sql
//   npx wrangler secret put WEBHOOK_SECRET
//   npx wrangler deploy
interface Env {
  WEBHOOK_SECRET: string;
  DB: D1Database;
}

/** An event, as far as this Worker reads it. */
interface Event {
  id: string;
  source: string;
  type: string;
  subject?: string;
  time: string;
  sequence: string;
  corrects?: string;
}

const TOLERANCE_SECONDS = 5 * 60;
/** More than any relay adds; bounds the work that a stranger can ask for. */
const MAX_SIGNATURES = 20;

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const body = new Uint8Array(await request.arrayBuffer());
    const secrets = await readSecrets(env.WEBHOOK_SECRET);
    if (!(await verify(request.headers, body, secrets, Date.now() / 1000))) return new Response(null, { status: 401 });
    const text = new TextDecoder().decode(body);
    const event = read(text);
    if (event === undefined) return new Response(null, { status: 400 });
    const isNew = await keep(request.headers.get("webhook-id") ?? "", event, text, env.DB);
    const isReplay = request.headers.get("webhook-replay") === "1";
    if (isNew || isReplay) context.waitUntil(work(event, text, !isNew, env.DB));
    return new Response(null, { status: 204 });
  },
};

interface Secret {
  version: string;
  algorithm: "HMAC" | "Ed25519";
  key: CryptoKey;
}

/** Reads `whsec_…` (proves v1) and `whpk_…` (proves v1a), several with blanks between: any of them may have signed. */
function readSecrets(text: string): Promise<Secret[]> {
  const read = text
    .trim()
    .split(/\s+/)
    .map(async (secret): Promise<Secret> => {
      const [, kind, base64 = ""] = /^(whsec|whpk)_(.+)$/.exec(secret) ?? [];
      const bytes = fromBase64(base64);
      if (bytes.length === 0) throw new Error("WEBHOOK_SECRET is neither whsec_… nor whpk_…");
      if (kind === "whsec") {
        const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
        return { version: "v1", algorithm: "HMAC", key };
      }
      const key = await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
      return { version: "v1a", algorithm: "Ed25519", key };
    });
  return Promise.all(read);
}

/** Whether one of the secrets signed exactly these bytes, less than five minutes ago. `now`: seconds since the epoch. */
async function verify(headers: Headers, body: Uint8Array, secrets: Secret[], now: number): Promise<boolean> {
  const [id, timestamp = "", signatures] = ["id", "timestamp", "signature"].map(
    (name) => headers.get(`webhook-${name}`) ?? "",
  );
  if (!id || !signatures || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  for (const text of signatures.split(" ").slice(0, MAX_SIGNATURES)) {
    const [version, base64 = ""] = text.split(",");
    for (const { algorithm, key } of secrets.filter((secret) => secret.version === version)) {
      // What has the wrong length for a signature is refused by an error.
      const isSigned = crypto.subtle.verify(algorithm, key, fromBase64(base64), content).catch(() => false);
      if (await isSigned) return true;
    }
  }
  return false;
}

/** No bytes where it is no base64. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function read(text: string): Event | undefined {
  try {
    const event = JSON.parse(text);
    return typeof event?.type === "string" ? event : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps each event once, by its id, before the answer. Whether it is new. */
async function keep(id: string, event: Event, body: string, db: D1Database): Promise<boolean> {
  const insert = "INSERT INTO event VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
  const { meta } = await db.prepare(insert).bind(id, event.type, body).run();
  return meta.changes === 1;
}

/** Runs after the answer. `again`: an operator replays what was here before. Yours: a queue, which tries again. */
async function work(event: Event, body: string, again: boolean, db: D1Database): Promise<void> {
  const subject = event.subject ?? event.id;
  const row = [event.source, subject, Date.parse(event.time), event.sequence, event.id, event.corrects ?? null, body];
  const { meta } = await db
    .prepare(UPSERT)
    .bind(...row)
    .run();
  const marks = [...(meta.changes === 0 ? ["late"] : []), ...(again ? ["again"] : [])];
  if (event.corrects !== undefined) marks.push("corrects", event.corrects);
  switch (event.type) {
    case "call.completed":
    case "call.dispositioned": // Yours: an upsert of the call, unless it is late.
      return console.log(event.type, subject, ...marks);
    default: // There will be new types: never fail because of one.
      return console.log("ignored", event.type);
  }
}

/** Events come in any order: a late one does not overwrite a newer one, a correction always does. */
const UPSERT = `INSERT INTO newest VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
  ON CONFLICT (source, subject) DO UPDATE SET
    at = excluded.at, sequence = excluded.sequence, id = excluded.id, corrects = excluded.corrects, body = excluded.body
  WHERE excluded.corrects IS newest.id
    OR newest.corrects IS NOT excluded.id AND (excluded.at, excluded.sequence) >= (newest.at, newest.sequence)`;
