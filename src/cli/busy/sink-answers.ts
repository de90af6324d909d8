import type { SinkAnswer } from "../sink/server.ts";

/** Where the sink answers as a destination in trouble does, and as one that does not like what it gets. */
export const FAILING = "/failing";
export const REFUSING = "/refusing";

const answers: ReadonlyMap<string, SinkAnswer> = new Map([
  [FAILING, { status: 500, body: { error: "The database does not answer." } }],
  [REFUSING, { status: 422, body: { error: "amount: not a decimal number" } }],
]);

/** What the sink answers at a path, where that is no success. */
export function busyAnswer(path: string): SinkAnswer | undefined {
  return answers.get(path);
}
