import { readFile } from "node:fs/promises";
import { Refusal } from "../refusal.ts";
import { decodeFile } from "./decode-file.ts";

/** The bytes of a file that the operator named. */
export function readNamedBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new Refusal(`${file} cannot be read: ${code}`);
  });
}

/** The text of a file that the operator named, in UTF-8 or UTF-16. */
export async function readNamedFile(file: string): Promise<string> {
  return decodeFile(await readNamedBytes(file), file);
}
