import { expect } from "vitest";
import type { Door } from "./door.ts";

/** What one request makes the platform do, once its isolate has seen one like it. */
export interface Work {
  readonly digests: number;
  /** Keys that are imported, and signatures that are made with them. */
  readonly imports: number;
  readonly signatures: number;
  /** Texts that are read as JSON, and JSON that is printed. */
  readonly parses: number;
  readonly prints: number;
  readonly timers: number;
  /** Of random bytes. */
  readonly draws: number;
  readonly kv: number;
  readonly sends: number;
  readonly statements: number;
}

export const nothing: Work = {
  digests: 0,
  imports: 0,
  signatures: 0,
  parses: 0,
  prints: 0,
  timers: 0,
  draws: 0,
  kv: 0,
  sends: 0,
  statements: 0,
};
/** What is written once a second at most is written by then. */
const FLUSHED_MS = 3000;
/** The timer of the wait for what goes on behind an answer. */
const SETTLING = 1;

/** Where the Worker's own files are. */
const SOURCES = new URL("../../src/", import.meta.url).pathname;
/** Deep enough for whatever a library calls on our behalf. */
const STACK_FRAMES = 100;

/** Counts the calls of a function that come from the Worker: the test runner makes its own in the same isolate. */
function watch(target: object, name: string): { calls: () => number; restore: () => void } {
  const real: unknown = Reflect.get(target, name);
  if (typeof real !== "function") throw new Error(`${name} is no function`);
  let calls = 0;
  const watched = (...parameters: unknown[]): unknown => {
    if (new Error().stack?.includes(SOURCES) === true) calls += 1;
    return Reflect.apply(real, target, parameters);
  };
  Reflect.defineProperty(target, name, { value: watched, configurable: true, writable: true });
  const restore = () => Reflect.defineProperty(target, name, { value: real, configurable: true, writable: true });
  return { calls: () => calls, restore };
}

/** Counts what a request asks of the platform; its own answer and what goes on behind it included. */
export async function countWork(door: Door, send: () => Promise<Response>): Promise<Work> {
  await send();
  await door.settle(FLUSHED_MS);
  // Nor may a stack be translated: that reads maps of sources as JSON.
  const { stackTraceLimit, prepareStackTrace } = Error;
  Object.assign(Error, { stackTraceLimit: STACK_FRAMES, prepareStackTrace: undefined });
  const watched = {
    digests: watch(crypto.subtle, "digest"),
    imports: watch(crypto.subtle, "importKey"),
    signatures: watch(crypto.subtle, "sign"),
    parses: watch(JSON, "parse"),
    prints: watch(JSON, "stringify"),
    timers: watch(globalThis, "setTimeout"),
    draws: watch(crypto, "getRandomValues"),
  };
  const before = { ...door.asked };
  try {
    expect((await send()).status).toBe(200);
    await door.settle();
  } finally {
    for (const { restore } of Object.values(watched)) restore();
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  }
  const { kv, sends, statements } = door.asked;
  return {
    digests: watched.digests.calls(),
    imports: watched.imports.calls(),
    signatures: watched.signatures.calls(),
    parses: watched.parses.calls(),
    prints: watched.prints.calls(),
    timers: watched.timers.calls() - SETTLING,
    // One in a hundred requests draws a thousand bytes for those after it.
    draws: Math.max(0, watched.draws.calls() - 1),
    kv: kv - before.kv,
    sends: sends - before.sends,
    statements: statements - before.statements,
  };
}
