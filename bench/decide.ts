import { parseDocument } from "../src/config/documents/parse.ts";
import { compilePermissions } from "../src/login/compile.ts";
import { decide } from "../src/login/decide.ts";
import { permissions } from "../src/login/rules.ts";
import { rounded } from "./figures.ts";
import { makeMap } from "./map.ts";

const DECISIONS = 200_000;

/** What the decision alone costs, without any request. */
export interface DecideFigure {
  readonly agents: number;
  readonly megabytes: number;
  /** Milliseconds to parse, check and compile the map: once for each version of it. */
  readonly readMs: number;
  readonly decisionsPerSecond: number;
}

export function benchDecide(agents: number): DecideFigure {
  const text = makeMap(agents);
  const began = performance.now();
  const parsed = parseDocument(text, permissions);
  if (parsed.state !== "valid") throw new Error("the map is not valid");
  const map = compilePermissions(parsed.value, "Europe/Budapest");
  const readMs = performance.now() - began;
  const now = Date.parse("2026-11-20T09:00:00Z");
  const run = (count: number) => {
    for (let n = 0; n < count; n++) {
      const agent = (n * 97) % agents;
      decide(map, { projects: ["7", "11"], userId: String(agent), groupId: String(agent % 40) }, now);
    }
  };
  run(DECISIONS / 10);
  const start = performance.now();
  run(DECISIONS);
  const decisionsPerSecond = Math.round((DECISIONS * 1000) / (performance.now() - start));
  return { agents, megabytes: rounded(text.length / 1e6), readMs: Math.round(readMs), decisionsPerSecond };
}
