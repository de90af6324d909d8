import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import { openClient } from "./client.ts";
import { withDeliveries } from "./delivery-relay.ts";
import { cpuOfRuntime, type EndToEndFigure, measure, pathsOf, type Relay } from "./end-to-end.ts";
import { openNodeRed } from "./node-red.ts";
import { type Part, part } from "./part.ts";
import { openReceivers, type Receivers } from "./receivers.ts";

const RECEIVERS = [1, 3];
/** Where another relay is to deliver to. */
const RECEIVERS_PORT = 9950;
const CONNECTIONS = 50;

/** Who is measured beside us. */
export interface Peers {
  readonly withNodeRed: boolean;
  /** `name=url`, each. */
  readonly others: readonly string[];
}

/** The same work for relays of others. */
export function peerPart({ withNodeRed, others }: Peers): Part {
  return part(
    "peers",
    "Beside others",
    "a burst of 2,000, then 50 a second; ms of CPU an event, of the relay's process; milliseconds to the last receiver",
    async () => {
      const figures: EndToEndFigure[] = [];
      for (const number of RECEIVERS) {
        figures.push(await measureOurs(number));
        if (withNodeRed) figures.push(await measureNodeRed(number));
      }
      for (const other of others) figures.push(await measureOther(other));
      return figures;
    },
    (figure) => ({ ...figure }),
  );
}

async function measureOurs(number: number): Promise<EndToEndFigure> {
  const paths = pathsOf(number);
  const modules = await bundleWorker();
  return withDeliveries(modules, paths, ({ receivers, send }) =>
    measure({ name: "hookswitch", send, cpuMs: cpuOfRuntime }, receivers, paths),
  );
}

async function measureNodeRed(number: number): Promise<EndToEndFigure> {
  const receivers = await openReceivers();
  try {
    const paths = pathsOf(number);
    const peer = await openNodeRed(paths.map(receivers.url));
    try {
      return await measureAt({ name: "Node-RED, nothing stored", cpuMs: peer.cpuMs }, peer.url, receivers, paths);
    } finally {
      await peer.close();
    }
  } finally {
    await receivers.close();
  }
}

/** It must be running, and deliver what it gets to each of the receivers. */
async function measureOther(named: string): Promise<EndToEndFigure> {
  const at = named.indexOf("=");
  const [name, address] = [named.slice(0, Math.max(0, at)), named.slice(at + 1)];
  if (name === "" || !URL.canParse(address)) throw new Error(`${named} is no name=url`);
  const receivers = await openReceivers(RECEIVERS_PORT);
  try {
    const paths = pathsOf(Math.max(...RECEIVERS));
    console.log(`${name} is to deliver to ${paths.map(receivers.url).join(", ")}`);
    return await measureAt({ name }, new URL(address), receivers, paths);
  } finally {
    await receivers.close();
  }
}

async function measureAt(
  relay: Pick<Relay, "name" | "cpuMs">,
  url: URL,
  receivers: Receivers,
  paths: readonly string[],
): Promise<EndToEndFigure> {
  const client = openClient(url, CONNECTIONS);
  const send = async (agent: string) => {
    await client.ask(`${url.pathname}${url.search}`, JSON.stringify({ event: "AgentLog", agent, isLogin: true }));
  };
  try {
    return await measure({ ...relay, send }, receivers, paths);
  } finally {
    client.close();
  }
}
