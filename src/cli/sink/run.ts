import { demoSecrets } from "../demo/documents.ts";
import { endWhenTold } from "../local/runtime/end.ts";
import { arrivalLine } from "./line.ts";
import { openSink } from "./server.ts";

/** How a sink of one's own answers. */
export interface OwnSink {
  readonly port: number;
  /** `whsec_…`; any of them may have signed. The demo's unless there are others. */
  readonly secrets?: readonly string[] | undefined;
  readonly status: number;
  /** Milliseconds. */
  readonly delayMs: number;
}

const DEMO_SECRETS: readonly string[] = [demoSecrets.DEMO_SINK_SECRET];

/** Runs a sink alone until it is told to end. */
export async function runSink({ port, secrets = DEMO_SECRETS, status, delayMs }: OwnSink): Promise<void> {
  endWhenTold(0);
  await openSink({
    port,
    secrets: () => secrets,
    status,
    delayMs,
    onArrival: (arrival) => console.log(arrivalLine(arrival)),
  });
  const late = delayMs > 0 ? ` after ${delayMs} ms` : "";
  const whose = secrets === DEMO_SECRETS ? "the demo's secret, --secret names another" : countSecrets(secrets.length);
  console.log(`sink on http://localhost:${port}, answers ${status}${late}; GET shows what arrived. Ctrl-C ends it`);
  console.log(`verifies with ${whose}; what another has signed is answered 401`);
}

function countSecrets(number: number): string {
  return number === 1 ? "the secret of --secret" : `the ${number} secrets of --secret`;
}
