import { UsageError } from "./refusal.ts";

/** The whole number that an option gives. Throws a UsageError when it is none, or out of range. */
export function readNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text === "" || !Number.isInteger(number) || number < least || number > most) {
    throw new UsageError(`${option} is "${text}"; it has to be a whole number from ${least} to ${most}`);
  }
  return number;
}
