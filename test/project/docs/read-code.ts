import { readFileSync } from "node:fs";

/** A fenced block: its indent within a list, its language, its code. */
const BLOCK = /^( *)```(\w*)\n(.*?)^\1```$/gms;

/** The code blocks of a page in one language, in their order. */
export function readCode(page: string, language: string): string[] {
  const blocks = readFileSync(page, "utf8").matchAll(BLOCK);
  return [...blocks].flatMap(([, indent = "", name, code = ""]) =>
    name === language ? [code.replaceAll(new RegExp(`^${indent}`, "gm"), "")] : [],
  );
}
