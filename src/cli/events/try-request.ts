import * as z from "zod";
import { UsageError } from "../arguments.ts";
import { ToldFailure } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { printJson } from "../relay/pages.ts";
import { readNamedFile } from "../relay/read-file.ts";
import { paint } from "../terminal.ts";
import { readHttp } from "./read-http.ts";
import { nextLine } from "./refused-request.ts";

/** Which request, and how to tell. */
export interface TryOptions extends RelayOptions {
  readonly file?: string | undefined;
  readonly json?: boolean | undefined;
}

const answer = z.object({
  accepted: z.boolean(),
  status: z.number(),
  reason: z.string().optional(),
  sentence: z.string(),
  next: z.string(),
});

/** Tells whether a request in a file would be accepted; fails where it would not. Nothing is sent to intake. */
export async function tryRequest({ file, json, ...options }: TryOptions): Promise<void> {
  if (file === undefined) throw new UsageError("which request? use --file request.http");
  const request = readHttp(await readNamedFile(file));
  if (request === undefined) throw new UsageError(`${file} has no request: its first line is POST /in/<source>/<kind>`);
  const answered = await openRelayClient(options).call("POST", "rejections/try", { body: JSON.stringify(request) });
  const { accepted, status, reason = "", sentence, next } = readAnswer(answer, answered);
  if (json) printJson(answered);
  else {
    const verdict = accepted ? paint("green", "accepted") : paint("red", `refused: ${status} ${reason}`);
    console.log(`${verdict}\n  ${sentence}\n${nextLine(next)}`);
  }
  if (!accepted) throw new ToldFailure();
}
