import { InvalidArgumentError } from "@commander-js/extra-typings";
import { readSigningKey } from "../../config/secrets/signing-key.ts";
import { command, portNumber, readPort, wholeNumber } from "../arguments.ts";

const MAX_DELAY_MS = 600_000;

/** `hookswitch sink` */
export const sinkCommand = command(
  "sink",
  "a destination that verifies signatures and prints what it gets",
  "sink --port 9000 --status 503",
)
  .option("--port <number>", "where it listens on 127.0.0.1 (SINK_PORT, else 8788)", portNumber)
  .option("--secret <secret...>", "whsec_…: may have signed; also several, and several times (the demo's)", addSecret)
  .option("--status <number>", "status of its answers, 200 to 599", wholeNumber(200, 599), 204)
  .option("--delay <milliseconds>", "waits so long before it answers", wholeNumber(0, MAX_DELAY_MS), 0)
  .action(async ({ port = readPort(process.env, "SINK_PORT", 8788), secret: secrets, status, delay }) => {
    const { runSink } = await import("../sink/run.ts");
    await runSink({ port, secrets, status, delayMs: delay });
  });

function addSecret(text: string, before: readonly string[] = []): readonly string[] {
  if (readSigningKey(text) === undefined) throw new InvalidArgumentError("It has to be a signing secret, whsec_….");
  return [...before, text];
}
