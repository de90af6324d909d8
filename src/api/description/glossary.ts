/** What a parameter or member means, and one that there could be. */
export interface Meaning {
  readonly description: string;
  readonly example?: string | number | boolean | object | undefined;
}

const USER = "41";
const EVENT = "evt_k3v9x2m7q4w8c1z6b5n0d3f8h2j7l4p9";
const RECEIPT = "rcpt_01KAGZ5M7Q8R9S0T1V2W3X4Y5Z";
const HEAD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const REQUEST = "req_01KAGZ5M7Q8R9S0T1V2W3X4Y5Z";

/**
 * What a name means wherever the API takes it, unless its schema says otherwise: one name, one meaning. A name of one
 * resource alone stands here behind that of the resource.
 */
export const glossary: Readonly<Record<string, Meaning>> = {
  agent: { description: "an agent, by id or user name", example: "nora_k" },
  at: { description: "a moment: RFC 3339, 2026-11-20 9:02, 9:02 or yesterday 9:02", example: "9:02" },
  before: { description: "where the page of requests begins: `nextRequest` of the page before", example: REQUEST },
  beginning: { description: "how a name begins", example: "nor" },
  bucket: { description: "what is counted together", example: "day" },
  confirm: { description: "1: a map that lets everybody in, or nobody, is meant", example: "1" },
  cursor: { description: "where the page begins: `next` of the page before", example: RECEIPT },
  days: { description: "how many days back", example: 7 },
  destination: { description: "id of a destination", example: "crm" },
  dryRun: { description: "true: only counts what would be done", example: true },
  filter: { description: "which events, as in the list of events", example: { state: "dead", since: "9:00" } },
  groupId: { description: "the agent's group", example: "3" },
  id: { description: "which one", example: "crm" },
  limit: { description: "how many items a page has, 200 at most", example: 50 },
  map: {
    description: "a permission map by /schemas/permissions.json",
    example: { users: { [USER]: { allow: [7, 11] } } },
  },
  perSecond: { description: "how many deliveries a second are begun", example: 10 },
  project: { description: "a project, by id", example: "7" },
  projectId: { description: "a project that is asked about", example: "7" },
  projects: { description: "the projects that are asked about", example: ["7", "11"] },
  q: { description: "an event id, a receipt, a subject or the id of a call", example: "call/7" },
  question: { description: "a login question", example: { userId: USER, projects: ["7", "11"] } },
  reason: { description: "why", example: "wrong_key" },
  recount: {
    description: "1: counts again from the log itself, and names every counter that tells otherwise",
    example: "1",
  },
  renormalize: { description: "true: the webhook is read again, by the vendor's reader of today", example: true },
  secondaryProjectIds: { description: "further projects that are asked about", example: ["11"] },
  since: { description: "from this time on: RFC 3339, 2026-11-20 9:02, 9:02 or yesterday 9:02", example: "9:00" },
  source: { description: "id of a source", example: "acme-vcc" },
  state: { description: "what has become of the events' deliveries", example: "dead" },
  subject: { description: "what the events are about", example: "call/7" },
  suppose: { description: "projects that the agent is supposed to be allowed besides", example: ["11"] },
  type: { description: "an event type, or a group such as call.*", example: "call.completed" },
  until: { description: "before this time", example: "9:05" },
  userId: { description: "the agent, by id", example: USER },
  username: { description: "the agent, by user name", example: "nora_k" },
  version: { description: "number or hash of a version", example: 12 },
  zone: { description: "IANA zone of times that name none: the source's, else UTC", example: "Europe/Budapest" },
  "audit.cursor": { description: "where the page begins: `next` of the page before", example: 120 },
  "audit.head": { description: "a hash that was noted before", example: HEAD },
  "audit.what": { description: "on what", example: "permissions/acme-vcc*" },
  "audit.who": { description: "the name of a token, or an e-mail address", example: "ada-phone" },
  "sources.id": { description: "id of a source", example: "acme-vcc" },
  "sources.name": { description: "name of a key's reference, as the list of sources has it", example: "env:VCC_KEY" },
  "tokens.id": { description: "what stands between the first two _ of a token", example: "5f3k9x2m7q4w" },
  "events.id": { description: "id of the event, or a receipt that leads to it", example: EVENT },
  "permissions.id": { description: "of the agent or the group, in any spelling that means the same", example: USER },
  "receipts.id": { description: "a receipt, as the vendor was answered", example: RECEIPT },
  "rejections.id": { description: "`instance` of the answer that refused the request", example: REQUEST },
};

/** What a name means below `/api/<resource>`; undefined where nobody has said. */
export function meaningOf(resource: string, name: string): Meaning | undefined {
  return [`${resource}.${name}`, name].flatMap((key) => (Object.hasOwn(glossary, key) ? (glossary[key] ?? []) : []))[0];
}
