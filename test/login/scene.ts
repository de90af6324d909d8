import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";
import type { Source } from "../../src/config/load-relay.ts";
import { decoy } from "../../src/intake/keys/decoy.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { answerLogin } from "../../src/login/answer.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import type { Question } from "../../src/vendors/vendor.ts";
import { aWork } from "../work.ts";
import { nora } from "./decision.ts";
import { loadSource, openStores, type Stores } from "./stores.ts";

const SECOND = 1000;
const start = Date.parse("2026-11-20T09:00:00Z");

/** A map that names all projects of the question, another one, and what each answers. */
export const map = JSON.stringify({ default: { allow: [7] }, users: { "41": { allow: [11] }, "99": { allow: [12] } } });
export const otherMap = JSON.stringify({ default: { allow: [12] } });
export const question: Question & typeof nora = { ...nora, projects: ["7", "11", "12"] };
export const byMap = { "7": true, "11": true, "12": false };
export const byOtherMap = { "7": false, "11": false, "12": true };
export const none = { "7": false, "11": false, "12": false };
export const all = { "7": true, "11": true, "12": true };

/** A guard in a new isolate, before each test. */
export interface Scene {
  stores: Stores;
  source: Source;
  /** What was logged, each line with its level. */
  log: string[];
  /** Asks so many seconds after the start. */
  readonly ask: (seconds?: number, about?: typeof question) => ReturnType<typeof answerLogin>;
  /** Cron's minute, so many seconds after the start. */
  readonly tick: (seconds: number) => Promise<void>;
  /** Answers once, so that this isolate has a copy and the log has kept it. */
  readonly warmUp: () => Promise<void>;
}

/** Sets the scene before each test of a file, and closes the stores after it. */
export function setScene(): Scene {
  const scene: Scene = {
    stores: openStores(),
    source: decoy,
    log: [],
    ask: (seconds = 0, about = question) =>
      answerLogin(scene.source, about, { ...scene.stores, now: start + seconds * SECOND }),
    tick: async (seconds) => {
      const { defer } = scene.stores;
      await tend(aWork({ env: { ...env, ...scene.stores.env }, now: start + seconds * SECOND, defer }));
      await scene.stores.settle();
    },
    warmUp: async () => {
      await env.PERMISSIONS.put("acme", map);
      await scene.ask();
      await scene.stores.settle();
      scene.stores.reads = 0;
      scene.stores.statements = 0;
    },
  };
  beforeEach(async () => {
    forgetPermissions();
    scene.stores = openStores();
    scene.source = await loadSource();
    scene.log = [];
    for (const level of ["info", "warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((line: string) => void scene.log.push(`${level} ${line}`));
    }
  });
  afterEach(() => scene.stores.close());
  return scene;
}

/** The result of some work, and how long it took. */
export async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  return { value: await work, ms: performance.now() - began };
}
