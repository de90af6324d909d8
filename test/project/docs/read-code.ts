import { readFileSync } from "node:fs";

/** The code blocks of a page in one language, in their order. */
export function readCode(page: string, language: string): string[] {
  const blocks = readFileSync(page, "utf8").matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, name, code = ""]) => (name === language ? [code] : []));
}
