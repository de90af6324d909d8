import * as z from "zod";
import { type Cloud, CloudRefusal, upload } from "./account.ts";

/** A call of the API, below `/accounts/<id>`. */
export interface Call {
  /** What the path's pattern caught. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly text: string;
  /** The metadata of an upload. */
  readonly metadata: unknown;
}

type Route = readonly [method: string, path: RegExp, answer: (cloud: Cloud, call: Call) => unknown];

const titled = z.object({ title: z.string() });
const named = z.object({ name: z.string() });
const queueNamed = z.object({ queue_name: z.string() });
const consumer = z.looseObject({ script_name: z.string(), settings: z.unknown().optional() });
const query = z.object({ sql: z.string() });
const deployment = z.object({ versions: z.tuple([z.object({ version_id: z.string() })]) });
const open = z.object({ enabled: z.boolean() });
const crons = z.array(z.object({ cron: z.string() }));
const secret = z.object({ name: z.string(), text: z.string() });

const part = ({ parts }: Call, at = 0) => decodeURIComponent(parts[at] ?? "");
const body = <T>(schema: z.ZodType<T>, { text }: Call): T => schema.parse(JSON.parse(text));
const script = (rest: string) => new RegExp(`^workers/scripts/([^/]+)${rest}$`);

/** Everything that a deploy asks of the API. */
export const routes: readonly Route[] = [
  ["GET", /^workers\/subdomain$/, ({ subdomain }) => (subdomain === undefined ? missing() : { subdomain })],
  [
    "GET",
    /^storage\/kv\/namespaces$/,
    ({ namespaces }) => [...namespaces.values()].map(({ id, title }) => ({ id, title })),
  ],
  ["POST", /^storage\/kv\/namespaces$/, (cloud, call) => cloud.makeNamespace(body(titled, call).title)],
  [
    "PUT",
    /^storage\/kv\/namespaces\/([^/]+)\/values\/(.+)$/,
    (cloud, call) => void cloud.namespace(part(call)).values.set(part(call, 1), call.text),
  ],
  ["GET", /^d1\/database$/, ({ databases }) => [...databases.values()].map(({ uuid, name }) => ({ uuid, name }))],
  ["POST", /^d1\/database$/, (cloud, call) => cloud.makeDatabase(body(named, call).name)],
  ["POST", /^d1\/database\/([^/]+)\/query$/, (cloud, call) => cloud.query(part(call), body(query, call).sql)],
  [
    "GET",
    /^queues$/,
    ({ queues }, call) => {
      const names = call.query.getAll("name");
      return [...queues.values()].filter((one) => names.length === 0 || names.includes(one.queue_name));
    },
  ],
  ["POST", /^queues$/, (cloud, call) => cloud.makeQueue(body(queueNamed, call).queue_name)],
  [
    "POST",
    /^queues\/([^/]+)\/consumers$/,
    (cloud, call) => {
      const { script_name, settings } = body(consumer, call);
      return cloud.consume(cloud.queue(part(call)), script_name, settings);
    },
  ],
  [
    "PUT",
    /^queues\/([^/]+)\/consumers\/([^/]+)$/,
    (cloud, call) =>
      Object.assign(cloud.queue(part(call)).consumers[0] ?? {}, { settings: body(consumer, call).settings }),
  ],
  [
    "GET",
    /^workers\/services\/([^/]+)$/,
    (cloud, call) => {
      const { id, tag } = cloud.worker(part(call));
      const script = { id: part(call), tag: id, migration_tag: tag, last_deployed_from: "wrangler" };
      return { id: part(call), default_environment: { environment: "production", script } };
    },
  ],
  [
    "GET",
    /^workers\/workers\/([^/]+)$/,
    (cloud, call) => {
      const { id, isOpen } = cloud.worker(part(call));
      return { id, name: part(call), subdomain: { enabled: isOpen, previews_enabled: false } };
    },
  ],
  [
    "GET",
    script("/settings"),
    (cloud, call) => ({
      bindings: cloud
        .liveBindings(part(call))
        .map(({ text, ...rest }) => (rest.type === "secret_text" ? rest : { ...rest, text })),
    }),
  ],
  [
    "GET",
    script("/secrets"),
    (cloud, call) => cloud.liveBindings(part(call)).filter(({ type }) => type === "secret_text"),
  ],
  [
    "PUT",
    script("/secrets"),
    (cloud, call) => {
      const { name, text } = body(secret, call);
      const others = cloud.liveBindings(part(call)).filter((one) => one.name !== name);
      const bindings = [...others, { type: "secret_text", name, text }];
      cloud.worker(part(call)).deployments.unshift(cloud.addVersion(part(call), { bindings, keep_bindings: [] }));
      return { name, type: "secret_text" };
    },
  ],
  [
    "GET",
    script("/deployments"),
    (cloud, call) => {
      const { deployments } = cloud.worker(part(call));
      const told = (id: string, at: number) => ({
        id,
        source: "wrangler",
        strategy: "percentage",
        created_on: new Date(1_800_000_000_000 - at * 1000).toISOString(),
        versions: [{ version_id: id, percentage: 100 }],
      });
      return { deployments: deployments.map(told) };
    },
  ],
  [
    "POST",
    script("/deployments"),
    (cloud, call) => {
      const [{ version_id }] = body(deployment, call).versions;
      if (!call.query.has("force")) cloud.refuseOtherSecrets(part(call), version_id);
      cloud.worker(part(call)).deployments.unshift(version_id);
      return { id: version_id };
    },
  ],
  [
    "POST",
    script("/versions"),
    (cloud, call) => ({
      id: cloud.addVersion(part(call), upload.parse(call.metadata)),
      startup_time_ms: 9,
      resources: { script: { etag: "e" } },
    }),
  ],
  [
    "PUT",
    script(""),
    (cloud, call) => {
      const id = cloud.addVersion(part(call), upload.parse(call.metadata));
      cloud.worker(part(call)).deployments.unshift(id);
      return { id: part(call), deployment_id: id.replaceAll("-", ""), startup_time_ms: 9 };
    },
  ],
  [
    "GET",
    script("/versions/([^/]+)"),
    (cloud, call) => {
      const { versions } = cloud.worker(part(call));
      const at = versions.findIndex(({ id }) => id === part(call, 1));
      const bindings = (versions[at]?.bindings ?? []).map(({ text, ...one }) =>
        one.type === "secret_text" || text === undefined ? one : { ...one, text },
      );
      const metadata = { created_on: "2026-11-27T00:00:00Z", source: "wrangler", author_email: "ops@example.com" };
      const resources = { bindings, script: { etag: "e" }, script_runtime: {} };
      return { id: part(call, 1), number: at + 1, metadata, annotations: {}, resources };
    },
  ],
  ["PATCH", script("/script-settings"), () => ({})],
  [
    "GET",
    script("/schedules"),
    (cloud, call) => (cloud.tellsCrons ? { schedules: cloud.worker(part(call)).crons } : missing()),
  ],
  [
    "PUT",
    script("/schedules"),
    (cloud, call) => {
      cloud.worker(part(call)).crons = body(crons, call);
      return { schedules: cloud.worker(part(call)).crons };
    },
  ],
  [
    "GET",
    script("/subdomain"),
    (cloud, call) => ({ enabled: cloud.worker(part(call)).isOpen, previews_enabled: false }),
  ],
  [
    "POST",
    script("/subdomain"),
    (cloud, call) => {
      cloud.worker(part(call)).isOpen = body(open, call).enabled;
      return { enabled: cloud.worker(part(call)).isOpen, previews_enabled: false };
    },
  ],
];

function missing(): never {
  throw new CloudRefusal(404, 10007, "You do not have a workers.dev subdomain.");
}
