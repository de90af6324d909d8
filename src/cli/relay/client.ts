import * as z from "zod";
import type { Fault } from "../../config/documents/parse.ts";
import { readJson } from "../../platform/read-json.ts";
import { readPort, UsageError } from "../arguments.ts";
import { listFaults } from "../faults.ts";
import { Refusal } from "../refusal.ts";
import { type Answer, refuseUnreachable } from "./answer.ts";
import { isAboutOption, optionOf, type SentTo, sayByOptions } from "./say-by-options.ts";

/** Which relay, and what opens its API: the options of every command that talks to one. */
export interface RelayOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}

interface Sent {
  readonly body?: string | undefined;
  /** The version that must still be in force. */
  readonly onlyAfter?: string | undefined;
}

/** The operator's API of a relay; a path is below `/api/`. Rejects with a Refusal when the relay refuses. */
export interface RelayClient {
  readonly url: string;
  readonly call: (method: string, path: string, sent?: Sent) => Promise<Answer>;
}

const LOCAL_TOKEN = "dev-admin-token";
const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

const problem = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string(), near: z.string().optional() })).default([]),
});

/** Where the relay on this machine is reached. */
export function localRelayUrl(): string {
  return `http://localhost:${readPort(process.env, "PORT", 8787)}`;
}

/** Opens the API of a relay: the one on this machine, unless another is named. */
export function openRelayClient(options: RelayOptions): RelayClient {
  const url = options.url ?? localRelayUrl();
  const token = tokenFor(url, options);
  if (token === undefined) throw new Refusal("which token? use --token or ADMIN_TOKEN");
  const call: RelayClient["call"] = async (method, path, { body, onlyAfter } = {}) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(onlyAfter === undefined ? {} : { "if-match": `"${onlyAfter}"` }),
    };
    const request = { method, headers, ...(body === undefined ? {} : { body }) };
    const response = await fetch(`${url}/api/${path}`, request).catch((error: unknown) =>
      refuseUnreachable(url, error),
    );
    const text = await response.text();
    if (!response.ok) {
      const refusal = new RelayRefusal(response.status, text, { method, path });
      throw refusal.isWrongUse ? new UsageError(refusal.message) : refusal;
    }
    return {
      text,
      version: readEtag(response.headers.get("etag")),
      isMasked: response.headers.has("hookswitch-masked"),
    };
  };
  return { url, call };
}

/** What the relay refused, and why. */
export class RelayRefusal extends Refusal {
  readonly code: string;
  /** The value of an option is what it does not take. */
  readonly isWrongUse: boolean;
  /** What is wrong with the document that was sent, if that is why. */
  readonly faults: readonly Fault[];

  constructor(status: number, text: string, sent: SentTo) {
    const parsed = problem.safeParse(readJson(text));
    super(parsed.success ? explain(parsed.data, sent) : `the relay answered ${status}`);
    this.code = parsed.success ? parsed.data.code : "";
    this.faults = parsed.success ? parsed.data.faults : [];
    const isOfOptions = this.code === "invalid_request" && this.faults.length === 0;
    this.isWrongUse = isOfOptions && isAboutOption(parsed.data?.detail ?? "", sent);
  }
}

/** Faults are listed, one in a line; else the relay's own sentence. */
function explain({ code, title, detail, faults }: z.infer<typeof problem>, sent: SentTo): string {
  if (code === "unauthorized") return "the relay does not take this token; use --token or ADMIN_TOKEN";
  if (faults.length === 0) return sayByOptions(detail ?? title, sent);
  const parts = faults.flatMap(({ path, message }) => {
    const option = optionOf(path, sent);
    return option === undefined || option === "" ? [] : `${option}: ${message}`;
  });
  return parts.length === faults.length ? parts.join("\n") : `the document is not valid:\n${listFaults(faults)}`;
}

/** What opens the API of a relay; undefined when nobody said, and the relay is not on this machine. */
export function tokenFor(url: string, { token = process.env.ADMIN_TOKEN }: RelayOptions): string | undefined {
  assertSafe(url);
  return token ?? (isLocal(url) ? LOCAL_TOKEN : undefined);
}

/** The token travels with every request: only encrypted, or not at all off this machine. */
function assertSafe(url: string): void {
  if (new URL(url).protocol !== "https:" && !isLocal(url))
    throw new Refusal(`${url} is not https: the token would be seen`);
}

/** Whether a relay is on this machine. */
export function isLocal(url: string): boolean {
  return LOCAL_HOSTS.includes(new URL(url).hostname);
}

function readEtag(etag: string | null): string | undefined {
  return etag === null ? undefined : /"([^"]*)"/.exec(etag)?.[1];
}
