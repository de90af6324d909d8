import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { vi } from "vitest";
import type { WebhookMessage } from "../../src/intake/message.ts";
import type { LoginAnswer } from "../../src/login/answer.ts";
import { decideBy } from "../login/decision.ts";

/** A login of VCC Live as it was asked, and the map that decided it. */
export interface Recorded {
  /** ISO 8601. */
  readonly at: string;
  readonly userId: number;
  readonly username: string;
  readonly groupId: number;
  readonly projects: readonly number[];
  readonly map: object;
  readonly login?: Partial<LoginAnswer>;
}

/** Has logins go through queue and log as if they had been asked at their time. */
export async function record(logins: readonly Recorded[]): Promise<void> {
  for (const login of logins) await env.EVENTS.send(toMessage(login));
  await vi.waitUntil(async () => (await countEvents()) >= logins.length, { timeout: 60_000, interval: 50 });
}

async function countEvents(): Promise<number> {
  return (await env.LOG.prepare("SELECT count(*) AS n FROM event").first<number>("n")) ?? 0;
}

function toMessage({ at, userId, username, groupId, projects, map, login }: Recorded): WebhookMessage {
  const [projectId, ...secondaryProjectIds] = projects;
  const body = { projectId, userId, username, groupId, secondaryProjectIds };
  const question = { projects: projects.map(String), userId: `${userId}`, username, groupId: `${groupId}` };
  const decisions = Object.entries(decideBy(map, question, at));
  return {
    v: 1,
    receipt: `rcpt_${ulid(Date.parse(at))}`,
    source: "vcc",
    vendor: "vcc-live",
    kind: "project-login",
    receivedAt: Date.parse(at),
    key: "#0",
    warnings: [],
    body: JSON.stringify(body),
    login: {
      granted: decisions.every(([, { granted }]) => granted),
      projects: Object.fromEntries(decisions.map(([project, { granted }]) => [project, granted])),
      rules: Object.fromEntries(decisions.map(([project, { rule }]) => [project, rule])),
      ...login,
    },
  };
}
