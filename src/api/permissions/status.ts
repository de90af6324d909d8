import * as z from "zod";
import type { Fault } from "../../config/documents/parse.ts";
import { agentId } from "../../events/parts/scalar.ts";
import { readUnknownProjects } from "../../log/counts/unknown-projects.ts";
import { between, readQuestions } from "../../log/questions.ts";
import { compilePermissions } from "../../login/compile.ts";
import { type Disagreed, measureAgreement } from "../../login/history/agreement.ts";
import { sameId } from "../../login/same.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { openText, userName } from "../../platform/shown.ts";
import { DAY_MS, toInstant } from "../../platform/time/instant.ts";
import { operation, Refusal } from "../operation.ts";
import { days } from "./asked.ts";
import { findMap, mapPath, readMap } from "./map.ts";

const MAX_DISAGREED = 50;

const disagreed = z.object({
  agent: z.object({ userId: agentId.optional(), username: userName.optional(), groupId: openText.optional() }),
  projects: z.array(z.object({ project: openText, answered: z.boolean(), guard: z.boolean(), rule: userName })),
  times: z.number(),
  last: z.iso.datetime(),
});

/** `GET /api/permissions/:source/status?days=` */
export const permissionsStatus = operation({
  who: "supervisor",
  summary: "How the login guard of a source stands: version, faults, unknown projects, agreement in the shadow",
  takes: { params: mapPath, query: z.object({ days }) },
  gives: z.object({
    mode: z.enum(["enforce", "shadow"]),
    version: z
      .object({ version: z.number(), hash: openText, who: userName, since: z.iso.datetime() })
      .optional()
      .describe("of the map in force; absent when there is none"),
    faults: z
      .array(z.object({ path: userName, message: userName }))
      .describe("why what stands in KV now is passed over"),
    faulty: z
      .array(z.object({ path: userName, message: userName }))
      .describe("what is wrong with the map in force, of whose rules none grants more for that"),
    unknownProjects: z
      .array(z.object({ project: openText, first: z.iso.datetime() }))
      .describe("projects that were asked about, and that no rule names to this day"),
    agreement: z
      .object({
        days: z.number(),
        asked: z.number(),
        agreed: z.number(),
        rate: z.number().optional().describe("agreed of asked, from 0 to 1"),
        cut: z.boolean(),
        disagreed: z.array(disagreed).describe("the first 50, the most frequent first"),
      })
      .optional()
      .describe("of a guard in the shadow: how often it would have answered as was answered"),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params, query, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const { source, written, ruleZone } = found;
    const { named } = compilePermissions(readMap(written.version?.body) ?? {}, ruleZone);
    const unknown = await readUnknownProjects(request.env.LOG, source.id);
    return {
      mode: source.guard.mode,
      ...(written.version === undefined ? {} : { version: tellVersion(written.version) }),
      faults: [...(written.faults ?? [])],
      faulty: faultsOf(written.version?.body),
      unknownProjects: unknown
        .filter(({ project }) => !named.has(sameId(project)))
        .map(({ project, first }) => ({ project, first: toInstant(first) })),
      ...(source.guard.mode === "enforce" ? {} : { agreement: await readAgreement(request, source.id, query.days) }),
    };
  },
});

function faultsOf(text: string | undefined): Fault[] {
  const parsed = text === undefined ? undefined : parsePermissions(text);
  return parsed === undefined || parsed.state === "valid" ? [] : [...parsed.faults];
}

function tellVersion({ version, hash, who, at }: { version: number; hash: string; who: string; at: number }) {
  return { version, hash, who, since: toInstant(at) };
}

async function readAgreement({ env, now }: { readonly env: Env; readonly now: number }, source: string, days: number) {
  const { questions, next } = await readQuestions(env.LOG, { source, ...between(now - days * DAY_MS, now + 1) });
  const { asked, agreed, disagreed } = measureAgreement(questions);
  const rate = asked === 0 ? {} : { rate: agreed / asked };
  return {
    days,
    asked,
    agreed,
    ...rate,
    cut: next !== undefined,
    disagreed: disagreed.slice(0, MAX_DISAGREED).map(tell),
  };
}

function tell({ question: { projects: _, ...agent }, projects, times, last }: Disagreed) {
  return { agent, projects: [...projects], times, last: toInstant(last) };
}
