import { readFile } from "node:fs/promises";
import { Refusal } from "../refusal.ts";

/** The text of a file that the operator named. */
export function readNamedFile(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new Refusal(`${file} cannot be read: ${code}`);
  });
}
