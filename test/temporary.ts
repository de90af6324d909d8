import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

/** A file system in memory, which most Linux machines have. */
const MEMORY = "/dev/shm";
/** Bytes that must be free in it. */
const ROOM_BYTES = 2 ** 30;

/**
 * Keeps the temporary files of this process, and of those it starts, in memory if there is room, until it ends. Every
 * write of a local database waits for the disk otherwise: the tests take half as long again.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  const folder = mkdtempSync(join(MEMORY, "hookswitch-test-"));
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
