// Receives hookswitch's events in Node 20 or newer, with nothing to install:
//   WEBHOOK_SECRET="whsec_…" PORT=3000 node receiver.mjs
import { createHmac, createPublicKey, timingSafeEqual, verify as verifyEd25519 } from "node:crypto";
import { createServer } from "node:http";

const TOLERANCE_SECONDS = 5 * 60;
const MAX_BYTES = 8 * 1024 * 1024;
/** More than any relay adds; bounds the work that a stranger can ask for. */
const MAX_SIGNATURES = 20;
/** What stands before the 32 bytes of an ed25519 key in DER (RFC 8410). */
const ED25519_DER = Buffer.from("302a300506032b6570032100", "hex");

/** Reads `whsec_…` (proves v1) and `whpk_…` (proves v1a), several with blanks between: any of them may have signed. */
function readSecrets(text = "") {
  const secrets = text.split(/\s+/).filter((secret) => secret !== "");
  if (secrets.length === 0) throw new Error("WEBHOOK_SECRET is not set");
  return secrets.map((secret) => {
    const [, kind, base64] = /^(whsec|whpk)_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
    if (kind === undefined) throw new Error("WEBHOOK_SECRET is neither whsec_… nor whpk_…");
    const bytes = Buffer.from(base64, "base64");
    if (kind === "whsec") return { version: "v1", key: bytes };
    const der = Buffer.concat([ED25519_DER, bytes]);
    return { version: "v1a", key: createPublicKey({ key: der, format: "der", type: "spki" }) };
  });
}

/** Whether one of the secrets signed exactly these bytes, less than five minutes ago. `now`: seconds since the epoch. */
function verify(headers, body, secrets, now) {
  const { "webhook-id": id, "webhook-timestamp": timestamp = "", "webhook-signature": signatures } = headers;
  if (!id || !signatures || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const given = signatures.split(" ").slice(0, MAX_SIGNATURES);
  return given.some((text) => {
    const [version, base64 = ""] = text.split(",");
    const signature = Buffer.from(base64, "base64");
    return secrets.some((secret) => secret.version === version && isSigned(content, signature, secret));
  });
}

function isSigned(content, signature, { version, key }) {
  if (version === "v1a") return verifyEd25519(null, content, key, signature);
  const right = createHmac("sha256", key).update(content).digest();
  return signature.length === right.length && timingSafeEqual(signature, right);
}

async function receive(request, secrets) {
  if (request.method !== "POST") return 405;
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) return 413;
  const body = Buffer.concat(chunks);
  if (!verify(request.headers, body, secrets, Date.now() / 1000)) return 401;
  let event;
  try {
    event = JSON.parse(body.toString());
  } catch {
    return 400;
  }
  if (typeof event?.type !== "string") return 400;
  keep(request.headers["webhook-id"], event, request.headers["webhook-replay"] === "1");
  return 204;
}

// In memory, so that this file runs alone: a restart forgets. Yours are two tables, and what is kept is written before
// the answer.
const known = new Set();
const newest = new Map();

/** Keeps each event once, by its id; one that an operator replays is worked on again. */
function keep(id, event, isReplay) {
  const again = known.has(id);
  if (again && !isReplay) return;
  known.add(id);
  setImmediate(() => {
    try {
      work(event, again);
    } catch (error) {
      console.error("failed", id, error); // Yours: tried again from its table.
    }
  });
}

/** Runs after the answer. */
function work(event, again) {
  const subject = event.subject ?? event.id;
  const key = `${event.source} ${subject}`;
  const held = newest.get(key);
  const late = held !== undefined && isOutdated(event, held);
  if (!late) newest.set(key, event);
  const marks = [late && "late", again && "again", event.corrects && `corrects ${event.corrects}`].filter(Boolean);
  switch (event.type) {
    case "call.completed":
    case "call.dispositioned": // Yours: an upsert of the call, unless it is late.
      return console.log(event.type, subject, ...marks);
    default: // There will be new types: never fail because of one.
      return console.log("ignored", event.type);
  }
}

/** Events come in any order: a late one may not overwrite a newer one, a correction always does. */
function isOutdated(event, held) {
  if (event.corrects === held.id) return false;
  if (held.corrects === event.id) return true;
  const difference = Date.parse(event.time) - Date.parse(held.time);
  return difference === 0 ? event.sequence < held.sequence : difference < 0;
}

const secrets = readSecrets(process.env.WEBHOOK_SECRET);
createServer((request, response) => {
  receive(request, secrets).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(500).end(), // It comes again.
  );
}).listen(process.env.PORT ?? 3000);
