import { parseArgs } from "node:util";
import { demoSecrets } from "../local/demo-documents.ts";
import { endWhenTold } from "../local/end.ts";
import { readPort } from "../local/settings.ts";
import { readNumber } from "../read-number.ts";
import { arrivalLine } from "../sink/line.ts";
import { openSink } from "../sink/server.ts";

/** Runs a sink alone until it is told to end. */
export async function sink(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      secret: { type: "string", multiple: true, default: [demoSecrets.DEMO_SINK_SECRET] },
      status: { type: "string", default: "204" },
      delay: { type: "string", default: "0" },
    },
  });
  const port = readPort({ SINK_PORT: values.port ?? process.env.SINK_PORT }, "SINK_PORT", 8788);
  const status = readNumber("--status", values.status, 200, 599);
  const delay = readNumber("--delay", values.delay, 0, 600_000);
  endWhenTold(0);
  await openSink({
    port,
    secrets: () => values.secret,
    status,
    delay,
    onArrival: (arrival) => console.log(arrivalLine(arrival)),
  });
  const late = delay > 0 ? ` after ${delay} ms` : "";
  console.log(`sink on http://localhost:${port}, answers ${status}${late}; GET shows what arrived. Ctrl-C ends it`);
  return 0;
}
