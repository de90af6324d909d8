import * as z from "zod";
import { type Answer, readAnswer } from "../relay/answer.ts";

const revealed = z.looseObject({ event: z.looseObject({ data: z.unknown() }), raw: z.unknown() });

/** What an event says, and what was received, as it was revealed. */
export function clearLines(answer: Answer): string[] {
  const { event, raw } = readAnswer(revealed, answer);
  return [
    ...["  Its data:", ...printed(event.data)],
    ...(raw === undefined || raw === null ? [] : ["  What was received:", ...printed(raw)]),
  ];
}

function printed(value: unknown): string[] {
  return JSON.stringify(value, undefined, 2)
    .split("\n")
    .map((line) => `    ${line}`);
}
