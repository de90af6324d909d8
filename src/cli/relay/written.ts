import * as z from "zod";
import { paint } from "../terminal.ts";

const written = z.object({
  version: z.string(),
  inForce: z.object({ everywhere: z.string() }),
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});

/** Says which version is in force now and when everywhere; its warnings before that. */
export function tellWritten(text: string): void {
  const { version, inForce, warnings } = written.parse(JSON.parse(text));
  tellRemarks(warnings);
  console.log(`${paint("green", "written")}, version ${version}; in force ${inForce.everywhere}`);
}

/** Prints remarks, each with its path. */
export function tellRemarks(remarks: readonly { readonly path: string; readonly message: string }[]): void {
  for (const { path, message } of remarks) {
    console.error(paint("yellow", `  ! ${path === "" ? "the document" : path}: ${message}`));
  }
}
