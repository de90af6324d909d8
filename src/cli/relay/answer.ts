import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import { tellRemarks } from "../faults.ts";
import { Refusal } from "../refusal.ts";
import { paint } from "../terminal.ts";

/** What the relay answered. `version`: of the document, by its ETag. */
export interface Answer {
  readonly text: string;
  readonly version: string | undefined;
  /** Whether something of it is hidden from whoever asked. */
  readonly isMasked: boolean;
}

const written = z.object({
  version: z.string(),
  inForce: z.object({ everywhere: z.string() }),
  warnings: z.array(z.object({ path: z.string(), message: z.string(), near: z.string().optional() })),
});

/** What an answer says, in the form that is expected; any other form is refused. */
export function readAnswer<T>(schema: z.ZodType<T>, { text }: Answer): T {
  const parsed = schema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new Refusal("the relay's answer has an unknown form; is it of another version than this command?");
}

/** Says which version of a document is in force now and when everywhere; its warnings before that. */
export function tellWritten(answer: Answer): void {
  const { version, inForce, warnings } = readAnswer(written, answer);
  tellRemarks(warnings);
  console.log(`${paint("green", "written")}, version ${version}; in force ${inForce.everywhere}`);
}

/** Refuses because no relay answers at all. */
export function refuseUnreachable(url: string, error: unknown): never {
  throw new Refusal(
    `no relay answers at ${url} (${causeOf(error)}); npm start runs one on this machine, PORT or --url names another`,
  );
}

/** What kept a request from being answered, in a word: `ECONNREFUSED`, or `it takes too long`. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return "it takes too long";
  return "code" in cause ? String(cause.code) : cause.message;
}
