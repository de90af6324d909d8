import { readFile } from "node:fs/promises";
import { Refusal } from "../refusal.ts";
import { decodeFile } from "./decode-file.ts";

/**
 * The bytes of a file that the operator named.
 * @param name what the refusal calls the file
 */
export function readNamedBytes(file: string, name: string = file): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => refuseUnread(name, error));
}

/** The text of a file that the operator named, in UTF-8 or UTF-16. */
export async function readNamedFile(file: string, name: string = file): Promise<string> {
  return decodeFile(await readNamedBytes(file, name), name);
}

/** Refuses what the file system does not give. */
export function refuseUnread(name: string, error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  throw new Refusal(`${name} cannot be read: ${reasons[code] ?? code}`);
}

/** Why a file cannot be read, for people; what stands here by no name is told by the system's. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
};
