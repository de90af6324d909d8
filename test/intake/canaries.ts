import type { Json, JsonObject } from "../../src/events/json.ts";

/** Stands in every secret that the tests make up, and in nothing else. */
export const CANARY = "canary7f3a9";

/** A live key with every sign that URLs, forms and JSON escape. */
export const keyOf = (source: string) => `${CANARY} ${source}+key/"=`;

/** The ways in which a body may repeat its own key. */
function repeats(key: string): Json[] {
  const url = `https://relay.example.com/in/vcc?secret-key=${encodeURIComponent(key)}&a=b%20c`;
  return [
    key,
    `see ${key}.`,
    url,
    `next=${encodeURIComponent(url)}`,
    `k=${key.replaceAll(" ", "+")}&`,
    new URLSearchParams({ key }).toString(),
    `{"broken": "${JSON.stringify(key).slice(1, -1)}`,
    JSON.stringify(key).replaceAll("/", "\\/"),
  ];
}

/** Secrets by their names, and the key in names and values. */
function secretsOf(key: string): JsonObject {
  const secret = `${CANARY}-secret`;
  return {
    password: secret,
    "Pass-Word": { old: secret },
    cvv2: `${CANARY}-123`,
    card_cvv: `${CANARY}-123`,
    newPassword: secret,
    client_secret: [secret],
    payment: { token: secret, card_token: secret, amount: 5 },
    [key]: 1,
    [`x ${key} y`]: 2,
    notes: repeats(key),
    kept: "kept",
  };
}

/** What a text of JSON that many texts deep would hold. */
function nest(value: Json, levels: number): Json {
  return levels === 0 ? value : JSON.stringify({ t: nest(value, levels - 1) });
}

/** Members with every secret, in every nesting. */
export function hideIn(key: string): JsonObject[] {
  const secrets = secretsOf(key);
  return [
    secrets,
    { data: secrets },
    { list: [[secrets], { deep: [secrets] }] },
    { json: secrets },
    { payload: secrets },
    { payload: JSON.stringify(secrets) },
    { texts: [nest(secrets, 1), nest(secrets, 2), nest(secrets, 3)] },
    { text: nest(secrets, 3) },
    { beyond: nest({ notes: repeats(key) }, 6) },
    { deep: `${'{"a":'.repeat(80)}${JSON.stringify(key)}${"}".repeat(80)}` },
  ];
}

/** A tree as PHP's http_build_query writes it. */
export function flatten(value: Json, at = ""): [string, string][] {
  if (typeof value !== "object" || value === null) return [[at, String(value)]];
  return Object.entries(value).flatMap(([name, member]: [string, Json]) =>
    flatten(member, at === "" ? name : `${at}[${name}]`),
  );
}

/** Where each vendor's key goes, and what makes a body of it an event. */
export const vendors = [
  {
    source: "vcc",
    vendor: "vcc-live",
    path: "vcc/user",
    key: "secret-key",
    wrap: (inner: JsonObject): JsonObject => ({
      old: null,
      new: { userId: 1, username: "nora_k", ...inner },
      timestamp: "2026-11-20T09:00:00Z",
    }),
  },
  {
    source: "vcc",
    vendor: "vcc-live",
    path: "vcc/call-disposition",
    key: "secret-key",
    wrap: (inner: JsonObject): JsonObject => ({
      projectid: 7,
      numberid: 5,
      timestamp: "2026-11-20T09:00:00Z",
      disposition: { id: 9 },
      client_data: inner,
    }),
  },
  {
    source: "vcc",
    vendor: "vcc-live",
    path: "vcc/no-such-kind",
    key: "secret-key",
    wrap: (inner: JsonObject): JsonObject => inner,
  },
  {
    source: "ucontact",
    vendor: "ucontact",
    path: "ucontact",
    key: "key",
    wrap: (inner: JsonObject): JsonObject => ({
      event: "AgentLog",
      date: "2026-00-20 09:00:00",
      agent: "nora",
      isLogin: true,
      ...inner,
    }),
  },
  {
    source: "voiso",
    vendor: "voiso",
    path: "voiso",
    key: "key",
    wrap: (inner: JsonObject): JsonObject => ({
      event: "agent.status.update",
      object: "agent",
      timestamp: "2026-11-20T09:00:00Z",
      data: { id: 7, ...inner },
    }),
  },
  { source: "voiso", vendor: "voiso", path: "voiso/x", key: "key", wrap: (inner: JsonObject): JsonObject => inner },
  {
    source: "hcc",
    vendor: "intelligent-contacts",
    path: "hcc/call-saved",
    key: "x-api-key",
    wrap: (inner: JsonObject): JsonObject => ({
      headers: { "x-api-key": keyOf("hcc") },
      json: { call_id: "c1", ...inner },
    }),
  },
  {
    source: "generic",
    vendor: "generic",
    path: "generic/t",
    key: "key",
    wrap: (inner: JsonObject): JsonObject => ({ id: "g1", ...inner }),
  },
] as const;

/** The sources of these vendors; the key of each stands in the query, and may stand in the body. */
export function sourcesOf(): Record<string, object> {
  return Object.fromEntries(
    vendors.map(({ source, vendor, key }) => [
      source,
      {
        vendor,
        keys: [keyOf(source)],
        auth: [
          { in: "query", name: key },
          { in: "body", name: "token" },
        ],
      },
    ]),
  );
}

/** A request that carries a body in one of the ways in which it may come; the key stands in its query. */
export interface Carried {
  readonly name: string;
  readonly path: string;
  readonly request: RequestInit;
}

/** Every body of every vendor in every nesting, in every way in which it may come. */
export function* carryAll(): Generator<Carried, undefined> {
  for (const { source, path, key, wrap } of vendors) {
    const query = `${key}=${encodeURIComponent(keyOf(source))}`;
    for (const [at, inner] of hideIn(keyOf(source)).entries()) {
      const body = { ...wrap(inner), token: keyOf(source) };
      const text = JSON.stringify(body);
      const form = new URLSearchParams(flatten(body)).toString();
      const name = `${path} ${at}`;
      const url = `/in/${path}?${query}`;
      const parts = new FormData();
      for (const [field, value] of flatten(body)) parts.append(field.replaceAll(/[\r\n]/g, ""), value);
      yield { name: `${name} as JSON`, path: url, request: { method: "POST", body: text } };
      yield { name: `${name} as a form`, path: url, request: { method: "POST", body: form } };
      yield { name: `${name} as multipart`, path: url, request: { method: "PUT", body: parts } };
      yield {
        name: `${name} as a payload`,
        path: url,
        request: { method: "POST", body: new URLSearchParams({ payload: text }) },
      };
      yield { name: `${name} as a text`, path: url, request: { method: "POST", body: JSON.stringify(text) } };
      yield { name: `${name} as a list`, path: url, request: { method: "POST", body: `[${text}]` } };
      if (form.length < 6000) yield { name: `${name} as a query`, path: `${url}&${form}`, request: {} };
    }
  }
}
