import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { inProject } from "./project-path.ts";

/** Where secrets of this machine lie; git ignores it. */
export const DEV_VARS = ".dev.vars";

/** The text of the file, and the secrets in it; both empty where there is none. */
export function readDevVars(): { readonly text: string; readonly values: NodeJS.Dict<string> } {
  const file = inProject(DEV_VARS);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return { text, values: parseEnv(text) };
}
