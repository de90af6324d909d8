import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { type WebhookMessage, webhookMessage } from "../../src/intake/message.ts";
import { withTimeLimit } from "../../src/platform/time-limit.ts";
import { ofThisTest } from "../this-test.ts";

/** `keeps`: it takes what it is given, and passes it on to nobody. */
type State = "answers" | "fails" | "hangs" | "keeps";

/** The relay's front door with the real bindings, of which queue, log and limiter can be made to fail or hang. */
export interface Door {
  queue: State;
  log: State;
  limiter: State;
  /** What the queue was given. */
  readonly queued: readonly WebhookMessage[];
  /** The same of what came since it was last asked. */
  readonly takeQueued: () => WebhookMessage[];
  /** How often KV was read, messages were sent, and the log was asked. */
  readonly asked: { kv: number; sends: number; statements: number };
  readonly knock: (path: string, request?: RequestInit) => Promise<Response>;
  /** Posts JSON. */
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** What was logged. */
  readonly lines: string[];
  /** Waits for what goes on behind the responses, but not for counts that are written once a second. */
  readonly settle: (milliseconds?: number) => Promise<void>;
}

const SHORT = 100;
const passThroughOnException = () => undefined;

/** One source of every vendor, and keys of every age. */
const defaults = {
  vcc: { vendor: "vcc-live", keys: ["env:VCC_KEY", "vcc-older-key", "env:NOT_THERE"] },
  ucontact: { vendor: "ucontact", keys: ["ucontact-key"] },
  hcc: { vendor: "intelligent-contacts", keys: ["hcc-key"] },
  voiso: { vendor: "voiso", keys: ["voiso-key"] },
};

/** Opens the door of a new isolate with these sources and variables besides the usual ones. */
export async function openDoor(
  sources: Record<string, object> = {},
  variables: Record<string, string | undefined> = {},
): Promise<Door> {
  await env.CONFIG.put("relay", JSON.stringify({ sources: { ...defaults, ...sources } }));
  forgetRelay();
  const works: Promise<unknown>[] = [];
  const lines: string[] = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
  const sent: string[] = [];
  const read = (text: string) => webhookMessage.parse(JSON.parse(text));
  const asked = { kv: 0, sends: 0, statements: 0 };
  const own = ofThisTest(env);
  const events = obstruct(
    own.EVENTS,
    "send",
    () => door.queue,
    (message) => {
      asked.sends++;
      sent.push(String(message));
    },
  );
  const log = obstruct(
    own.LOG,
    "prepare",
    () => door.log,
    () => asked.statements++,
  );
  const counted = (kv: KVNamespace) =>
    obstruct(
      kv,
      "get",
      () => "answers",
      () => asked.kv++,
    );
  const failures = obstruct(env.FAILURES, "limit", () => door.limiter);
  const bindings = { ...env, VCC_KEY: "vcc-key", ...variables, EVENTS: events, LOG: log, FAILURES: failures };
  const stores = { CONFIG: counted(own.CONFIG), PERMISSIONS: counted(own.PERMISSIONS) };
  const knock = async (path: string, request?: RequestInit): Promise<Response> => {
    const context = {
      waitUntil: (work: Promise<unknown>) => void works.push(work),
      passThroughOnException,
      props: {},
    };
    return app.fetch(new Request(`https://relay.example.com${path}`, request), { ...bindings, ...stores }, context);
  };
  const door: Door = {
    queue: "answers",
    log: "answers",
    limiter: "answers",
    get queued() {
      return sent.map(read);
    },
    takeQueued: () => sent.splice(0).map(read),
    asked,
    knock,
    post: (path, body, headers = {}) => knock(path, { method: "POST", body: JSON.stringify(body), headers }),
    lines,
    settle: async (milliseconds = SHORT) => {
      await withTimeLimit(Promise.allSettled(works.splice(0)), milliseconds);
    },
  };
  return door;
}

/** The binding itself but for one method, which may throw or never answer. */
function obstruct<T extends object>(
  binding: T,
  method: string,
  state: () => State,
  note?: (first: unknown) => void,
): T {
  return new Proxy(binding, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name !== method) return member.bind(target);
      return (...parameters: unknown[]) => {
        if (state() === "fails") throw new Error("the binding is down");
        if (state() === "hangs") return hang();
        note?.(parameters[0]);
        if (state() === "keeps") return Promise.resolve();
        return member.apply(target, parameters);
      };
    },
  });
}

/** A promise that never settles, also as `prepare().bind().run()`. */
function hang(): unknown {
  const silent = new Promise<never>(() => undefined);
  const statement = { bind: () => statement, first: () => silent, all: () => silent, run: () => silent };
  return Object.assign(silent, statement);
}

/** The error that an answer carries, without the request's id. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  const { instance, ...rest } = await response.json<Record<string, unknown>>();
  if (!/^req_[0-9A-Z]{26}$/.test(String(instance))) throw new Error("an error names its request");
  return rest;
}
