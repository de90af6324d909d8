import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const KEY_BYTES = 32;
/** The file's owner alone may read it. */
const MODE = 0o600;

/** The relay's root secret on this machine: made once, and kept beside the local state, whose ids hang on it. */
export function keepRelayKey(state: string): string {
  const file = join(state, "relay-key");
  mkdirSync(state, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString("base64")}\n`, { mode: MODE, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}
