import { toBase64 } from "../../src/platform/text/base64.ts";
import { keys, publicKeyOf, signedHeaders } from "./signer.ts";

/** One request, and whether a receiver may believe it. */
export interface Vector {
  readonly name: string;
  readonly valid: boolean;
  /** One word for why. */
  readonly reason: string;
  /** The version of signatures without which it cannot be verified. */
  readonly needs?: "v1a";
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8. */
  readonly body: string;
  readonly bodyBase64: string;
}

export interface Vectors {
  readonly about: string;
  /** Seconds since the epoch: the receiver's clock. */
  readonly now: number;
  readonly toleranceSeconds: number;
  /** What the receiver has. */
  readonly secrets: readonly string[];
  readonly publicKeys: readonly string[];
  readonly vectors: readonly Vector[];
}

const ABOUT =
  "Requests signed by hookswitch with keys for tests alone. A receiver that has these secrets and public keys, and whose clock shows now, believes those that are valid, and no other.";

/** When those were made that are published: 2026-11-20T09:02:00Z. */
export const PUBLISHED_AT = 1_795_165_320;

/** Whatever a receiver has to tell apart, signed at a moment. `now`: seconds since the epoch. */
export async function makeVectors(now: number): Promise<Vectors> {
  const vectors = [...(await good(now)), ...(await forged(now)), ...(await untimely(now)), ...(await incomplete(now))];
  return {
    about: ABOUT,
    now,
    toleranceSeconds: 300,
    secrets: [keys.current, keys.next],
    publicKeys: [await publicKeyOf(keys.ed25519)],
    vectors: vectors.map(({ name, body, headers, ...rest }) => ({
      name,
      ...rest,
      headers,
      body,
      bodyBase64: toBase64(new TextEncoder().encode(body)),
    })),
  };
}

type Draft = Omit<Vector, "bodyBase64">;

const idOf = (name: string) =>
  `evt_${name
    .replaceAll(/[^a-z0-9]/g, "")
    .padEnd(32, "0")
    .slice(0, 32)}`;

function bodyOf(name: string, data: string): string {
  const sequence = "01J00000000000000000000000";
  const head = `"specversion":"1.0","id":"${idOf(name)}","source":"/sources/acme-hcc","type":"call.completed"`;
  return `{${head},"subject":"call/${name}","time":"2026-11-20T09:01:58Z","sequence":"${sequence}","data":${data}}`;
}

interface Making {
  readonly secrets?: readonly string[];
  readonly data?: string;
  /** Instead of an event. */
  readonly body?: string;
  readonly at: number | string;
  readonly more?: Readonly<Record<string, string>>;
}

/** The name is also in the event. */
async function signed(name: string, reason: string, making: Making): Promise<Draft & { valid: true }> {
  const { secrets = [keys.current], data = '{"call":{"id":"1"}}', body = bodyOf(name, data), at, more = {} } = making;
  const headers = { ...(await signedHeaders(idOf(name), at, body, secrets)), ...more };
  return { name, valid: true, reason, headers, body };
}

async function good(at: number): Promise<Draft[]> {
  const { current, next, retired, ed25519, strangers } = keys;
  const v1a = { needs: "v1a" } as const;
  return [
    await signed("good", "signed", { at }),
    await signed("next-secret", "signed_by_the_next_secret", { at, secrets: [next] }),
    await signed("two-secrets", "signed_by_both_secrets", { at, secrets: [current, next] }),
    await signed("one-is-known", "one_of_the_signatures_is_right", { at, secrets: [retired, strangers, current] }),
    { ...(await signed("ed25519", "signed_by_the_public_key", { at, secrets: [ed25519] })), ...v1a },
    await signed("v1-and-v1a", "one_of_the_signatures_is_right", { at, secrets: [ed25519, current] }),
    await withSignature(
      "unknown-version-beside",
      "one_of_the_signatures_is_right",
      at,
      true,
      (right) => `v9,AAAA ${right}`,
    ),
    await signed("replay", "a_replay_is_signed_like_all", {
      at,
      more: { "webhook-attempt": "3", "webhook-replay": "1" },
    }),
    await signed("four-minutes-old", "signed", { at: at - 240 }),
    await signed("four-minutes-ahead", "signed", { at: at + 240 }),
    await signed("not-ascii", "bytes_are_signed_not_letters", {
      at,
      data: '{"customer":{"name":"Tóth Ágnes 🤝 \\u0041"}}',
    }),
    await signed("many-digits", "no_number_was_rounded", {
      at,
      data: '{"customer":{"fields":{"n":12345678901234567890.10}}}',
    }),
    await signed("blanks", "blanks_are_signed", { at, data: ' { "call" : {\t"id":"1" } }\n' }),
    await signed("not-an-event", "signed_though_it_is_no_event", { at, body: "null" }),
    await signed("empty-body", "signed_though_it_is_no_event", { at, body: "" }),
  ];
}

async function withSignature(
  name: string,
  reason: string,
  at: number,
  valid: boolean,
  change: (right: string) => string,
): Promise<Draft> {
  const made = await signed(name, reason, { at });
  return {
    ...made,
    valid,
    headers: { ...made.headers, "webhook-signature": change(made.headers["webhook-signature"] ?? "") },
  };
}

async function forged(at: number): Promise<Draft[]> {
  const { current, retired, strangers } = keys;
  const made = await signed("wrong-body", "body_was_changed", { at });
  const blank = await signed("parsed-and-printed", "body_was_printed_anew", {
    at,
    data: '{"call":{"id":"1","cost":1.0}}',
  });
  const id = await signed("wrong-id", "id_was_changed", { at });
  const time = await signed("wrong-time", "timestamp_was_changed", { at });
  return [
    { ...made, valid: false, body: made.body.replace('"id":"1"', '"id":"2"') },
    { ...blank, valid: false, body: JSON.stringify(JSON.parse(blank.body)) },
    { ...id, valid: false, headers: { ...id.headers, "webhook-id": idOf("another") } },
    { ...time, valid: false, headers: { ...time.headers, "webhook-timestamp": String(at - 1) } },
    { ...(await signed("retired-secret", "secret_is_unknown", { at, secrets: [retired] })), valid: false },
    { ...(await signed("strange-ed25519", "public_key_is_unknown", { at, secrets: [strangers] })), valid: false },
    await withSignature("unknown-version", "version_is_unknown", at, false, (right) => right.replace("v1,", "v2,")),
    await withSignature("v1-as-v1a", "version_is_another", at, false, (right) => right.replace("v1,", "v1a,")),
    await withSignature("no-version", "version_is_missing", at, false, (right) => right.replace("v1,", "")),
    await withSignature("cut-off", "signature_is_cut_off", at, false, (right) => right.slice(0, 19)),
    await withSignature("of-nothing", "signature_is_empty", at, false, () => "v1,"),
    await withSignature("secret-as-signature", "a_secret_is_no_signature", at, false, () =>
      current.replace("whsec_", "v1,"),
    ),
  ];
}

/** Well signed: only their time is wrong. */
async function untimely(now: number): Promise<Draft[]> {
  const times: [string, string, number | string][] = [
    ["old", "timestamp_is_too_old", now - 301],
    ["future", "timestamp_is_too_far_ahead", now + 360],
    ["milliseconds", "timestamp_is_too_far_ahead", now * 1000],
    ["fraction", "timestamp_is_not_digits", `${now}.0`],
    ["signed-time", "timestamp_is_not_digits", `+${now}`],
    ["no-time", "timestamp_is_not_digits", "now"],
  ];
  return Promise.all(
    times.map(async ([name, reason, at]) => ({ ...(await signed(name, reason, { at })), valid: false })),
  );
}

async function incomplete(at: number): Promise<Draft[]> {
  return Promise.all(
    ["id", "timestamp", "signature"].map(async (part) => {
      const made = await signed(`without-${part}`, `${part}_is_missing`, { at });
      const { [`webhook-${part}`]: _, ...headers } = made.headers;
      return { ...made, valid: false, headers };
    }),
  );
}
