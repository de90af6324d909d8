import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { readJson } from "../../../platform/read-json.ts";
import { Refusal } from "../../refusal.ts";

const USUAL_BASE = "https://api.cloudflare.com/client/v4";
/** Waits before a question that failed is asked again. */
const PAUSES_MS = [300, 1200];
/** An answer that takes longer does not come. */
const LIMIT_MS = 30_000;
/** How Cloudflare refuses a token that it does not know, and one that may not do something. */
const UNKNOWN_TOKEN_CODES = [1000, 1001, 9109];
const FORBIDDEN_CODES = [10_000, 10_023];

/** How Cloudflare says that a KV namespace has no such key. */
const NO_KEY = 10_009;

/** The permission that each part of the API needs, as the dashboard names it. */
const permissions: readonly (readonly [part: RegExp, permission: string])[] = [
  [/\/storage\/kv\//, "Workers KV Storage: Edit"],
  [/\/d1\//, "D1: Edit"],
  [/\/queues/, "Queues: Edit"],
  [/\/workers\//, "Workers Scripts: Edit"],
  [/^accounts\b/, "Account Settings: Read"],
];

const envelope = z.object({
  result: z.unknown().optional(),
  errors: z.array(z.object({ code: z.number(), message: z.string() })).default([]),
});

/** What Cloudflare's API refused. `code`: Cloudflare's own. */
export class ApiRefusal extends Refusal {
  readonly status: number;
  readonly code: number;

  constructor(path: string, status: number, code: number, message: string) {
    super(explain(path, status, code, message));
    this.status = status;
    this.code = code;
  }
}

/** Cloudflare's REST API (developers.cloudflare.com/api). Rejects with a Refusal that says what a person can do about it. */
export interface CloudflareApi {
  /** Paths are below `/client/v4/`. */
  readonly call: <T>(result: z.ZodType<T>, method: string, path: string, body?: object) => Promise<T>;
  /** The value under a key of a KV namespace; undefined when there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  readonly write: (path: string, text: string) => Promise<void>;
}

/** Opens the API as wrangler does: at `CLOUDFLARE_API_BASE_URL` if that is set. */
export function openCloudflare(token: string, environment: NodeJS.ProcessEnv): CloudflareApi {
  const base = environment.CLOUDFLARE_API_BASE_URL ?? USUAL_BASE;
  const authorization = `Bearer ${token}`;
  const json = { authorization, "content-type": "application/json" };

  async function ask(method: string, path: string, init: RequestInit): Promise<{ status: number; text: string }> {
    // What only reads may be asked again; what makes something is not, since it may have been made.
    const isRead = method === "GET" || path.endsWith("/query");
    for (const pause of isRead ? [...PAUSES_MS, 0] : [0]) {
      const answer = await fetchText(`${base}/${path}`, { method, ...init });
      const isOver = answer !== undefined && answer.status < 500 && answer.status !== 429;
      if (answer !== undefined && (isOver || pause === 0)) return answer;
      if (pause > 0) await wait(pause);
    }
    throw new Refusal(`Cloudflare's API does not answer at ${new URL(base).host}`);
  }

  return {
    call: async (result, method, path, body) => {
      const init = { headers: json, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const { status, text } = await ask(method, path, init);
      const parsed = result.safeParse(resultOf(path, status, text));
      if (parsed.success) return parsed.data;
      throw new Refusal(`Cloudflare's API answers ${method} ${path} in a form that is not known here`);
    },
    read: async (path) => {
      const { status, text } = await ask("GET", path, { headers: { authorization } });
      if (status === 200) return text;
      try {
        resultOf(path, status, text);
      } catch (error) {
        if (!(error instanceof ApiRefusal && error.code === NO_KEY)) throw error;
      }
      return undefined;
    },
    write: async (path, body) => {
      const { status, text } = await ask("PUT", path, { headers: { authorization }, body });
      resultOf(path, status, text);
    },
  };
}

function resultOf(path: string, status: number, text: string): unknown {
  const parsed = envelope.safeParse(readJson(text));
  const [error] = parsed.data?.errors ?? [];
  if (status >= 200 && status < 300 && error === undefined) return parsed.data?.result;
  throw new ApiRefusal(path, status, error?.code ?? 0, error?.message ?? `an answer of ${status}`);
}

function explain(path: string, status: number, code: number, message: string): string {
  const told = `${message} [code: ${code}]`;
  if (status === 401 || UNKNOWN_TOKEN_CODES.includes(code)) {
    return `Cloudflare does not take this token, which may have expired: ${told}`;
  }
  const [, permission] = permissions.find(([part]) => part.test(path)) ?? [];
  if ((status === 403 || FORBIDDEN_CODES.includes(code)) && permission !== undefined) {
    return `the token may not do this; it lacks the permission "${permission}": ${told}`;
  }
  return `Cloudflare refuses it: ${told}`;
}

async function fetchText(url: string, init: RequestInit): Promise<{ status: number; text: string } | undefined> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return undefined;
  }
}
