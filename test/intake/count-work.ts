import { expect, vi } from "vitest";
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

/** Requests that are counted. */
const COUNTED = 3;

/**
 * Counts what a request asks of the platform; its own answer and what goes on behind it included. Of bindings it is the
 * most of a few. Of all else it is the least: what the test runner does in the same isolate meanwhile is counted as well,
 * and one request in a hundred draws random bytes for those after it.
 */
export async function countWork(door: Door, send: () => Promise<Response>): Promise<Work> {
  await send();
  await door.settle(FLUSHED_MS);
  const counted: Work[] = [];
  for (let n = 0; n < COUNTED; n += 1) counted.push(await countOne(door, send));
  return counted.reduce(join);
}

async function countOne(door: Door, send: () => Promise<Response>): Promise<Work> {
  const spies = {
    digests: vi.spyOn(crypto.subtle, "digest"),
    imports: vi.spyOn(crypto.subtle, "importKey"),
    signatures: vi.spyOn(crypto.subtle, "sign"),
    parses: vi.spyOn(JSON, "parse"),
    prints: vi.spyOn(JSON, "stringify"),
    timers: vi.spyOn(globalThis, "setTimeout"),
    draws: vi.spyOn(crypto, "getRandomValues"),
  };
  const before = { ...door.asked };
  const response = await send();
  await door.settle();
  const made = {
    digests: spies.digests.mock.calls.length,
    imports: spies.imports.mock.calls.length,
    signatures: spies.signatures.mock.calls.length,
    parses: spies.parses.mock.calls.length,
    prints: spies.prints.mock.calls.length,
    timers: spies.timers.mock.calls.length - SETTLING,
    draws: spies.draws.mock.calls.length,
  };
  for (const spy of Object.values(spies)) spy.mockRestore();
  expect(response.status).toBe(200);
  const { kv, sends, statements } = door.asked;
  return {
    ...nothing,
    ...made,
    kv: kv - before.kv,
    sends: sends - before.sends,
    statements: statements - before.statements,
  };
}

function join(one: Work, other: Work): Work {
  return {
    digests: Math.min(one.digests, other.digests),
    imports: Math.min(one.imports, other.imports),
    signatures: Math.min(one.signatures, other.signatures),
    parses: Math.min(one.parses, other.parses),
    prints: Math.min(one.prints, other.prints),
    timers: Math.min(one.timers, other.timers),
    draws: Math.min(one.draws, other.draws),
    kv: Math.max(one.kv, other.kv),
    sends: Math.max(one.sends, other.sends),
    statements: Math.max(one.statements, other.statements),
  };
}
