import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import { benchConsumer } from "./consumer.ts";
import { benchCost } from "./cost.ts";
import { benchDecide } from "./decide.ts";
import { benchEndToEnd } from "./end-to-end.ts";
import type { FloorFigure } from "./floor/measure.ts";
import { benchCrowd, benchFloor } from "./floor.ts";
import { benchGrowth } from "./growth.ts";
import { benchHang } from "./hang.ts";
import { type AnswerFigure, benchAnswer, benchEdit, benchStorm } from "./login.ts";
import { benchNormalize } from "./normalize.ts";
import { benchOutage } from "./outage.ts";
import { benchPaced } from "./paced.ts";
import { benchPages } from "./pages.ts";
import { type Part, part, type Row } from "./part.ts";
import { benchAdded, benchDead } from "./responders.ts";
import { benchSearch } from "./search.ts";
import { benchSign } from "./sign.ts";
import { benchStartUp } from "./start-up.ts";

const MAPS = [100, 10_000, 100_000];
const BESIDE_FLOOR =
  "microseconds of CPU a request, all of the runtime; share: the floor's part of ours; milliseconds with 16 under way";
/** The relay, beside a bare route, with a queue that nobody reads. */
const entry = () => bundleWorker("bench/worker/index.ts");

/** Everything that is measured, in the order in which it is. */
export const parts: readonly Part[] = [
  part("floor", "The platform's floor", BESIDE_FLOOR, benchFloor, floorRow),
  part(
    "crowd",
    "A thousand sources and destinations that have nothing to do with it",
    BESIDE_FLOOR,
    benchCrowd,
    floorRow,
  ),
  part(
    "consumer",
    "The queue's consumer",
    "microseconds of CPU a batch of ten webhooks, all of the runtime; share: the floor's part of ours; milliseconds with two batches under way",
    benchConsumer,
    floorRow,
  ),
  part(
    "normalize",
    "Normalizing",
    "microseconds of CPU, one webhook; again: numbers and times that came before",
    benchNormalize,
    (figure) => ({
      vendor: figure.vendor,
      bodies: figure.bodies,
      parse: figure.parseMicros,
      normalize: figure.normalizeMicros,
      again: figure.againMicros,
      identify: figure.identifyMicros,
    }),
  ),
  part("sign", "Signing", "microseconds of CPU, one delivery", benchSign, (figure) => ({
    bytes: figure.bytes,
    "v1 (HMAC)": figure.v1Micros,
    "v1a (ed25519)": figure.v1aMicros,
  })),
  part(
    "decide",
    "The decision alone",
    "in this process",
    async () => MAPS.map(benchDecide),
    (figure) => ({
      agents: figure.agents,
      MB: figure.megabytes,
      "read ms": figure.readMs,
      "decisions/s": figure.decisionsPerSecond,
    }),
  ),
  part(
    "login",
    "The warm login answer",
    "beside a bare Hono route in the same local emulator, over loopback; milliseconds",
    async () => {
      const modules = await entry();
      const figures: AnswerFigure[] = [];
      for (const agents of MAPS) figures.push(await benchAnswer(modules, agents));
      return figures;
    },
    ({ agents, login, bare, ratio }) => ({
      agents,
      p50: login.p50,
      p99: login.p99,
      "per s": login.perSecond,
      "bare p50": bare.p50,
      "bare p99": bare.p99,
      "bare per s": bare.perSecond,
      ratio,
    }),
  ),
  part(
    "storm",
    "A storm on a new isolate",
    "thousands of agents log in at once when nobody did before",
    async () => [await benchStorm(await entry(), Math.max(...MAPS))],
    (figure) => ({
      questions: figure.questions,
      agents: figure.agents,
      "KV reads": figure.kvReads,
      seconds: figure.seconds,
      "slowest ms": figure.slowestMs,
    }),
  ),
  part(
    "edit",
    "An edit of the map in KV by hand",
    "with a question each 100 ms",
    async () => [await benchEdit(await entry())],
    (figure) => ({ "in force after s": figure.secondsUntilInForce }),
  ),
  part(
    "responder",
    "A responder",
    "what the relay adds to its time; milliseconds, over loopback",
    async () => Object.entries(await benchAdded(await entry())),
    ([what, { p50, p99 }]) => ({ "": what, p50, p99 }),
  ),
  part(
    "dead-responder",
    "A responder that hangs",
    "milliseconds, with 50 questions under way",
    async () => [await benchDead(await entry())],
    ({ questions, unknown, known }) => ({
      questions,
      "p50 at first": unknown.p50,
      "p99 at first": unknown.p99,
      waited: unknown.waited,
      "p50 known": known.p50,
      "p99 known": known.p99,
      asked: known.asked,
    }),
  ),
  part(
    "growth",
    "Hostile texts",
    "ms for all kinds of a vendor with each text in all places; 9 times the time is linear, 81 quadratic",
    benchGrowth,
    ({ vendor, smallMs, largeMs, ratio, steepest }) => ({
      vendor,
      "10 KB": smallMs,
      "90 KB": largeMs,
      ratio,
      steepest: steepest.text,
      "its ratio": steepest.ratio,
    }),
  ),
  part(
    "end-to-end",
    "From the vendor to every receiver",
    "on the local emulator: a burst of 2,000, then 50 a second; milliseconds",
    benchEndToEnd,
    (figure) => ({ ...figure }),
  ),
  part(
    "hang",
    "A healthy destination beside others",
    "30 events a second, milliseconds from being sent to having arrived: from the first event on, and when the relay knows its destinations",
    benchHang,
    ({ beside, first, then, repeated }) => ({
      beside,
      "p50 from the first": first.p50,
      "p99 from the first": first.p99,
      "slowest from the first": first.slowest,
      "p50 then": then.p50,
      "p99 then": then.p99,
      "attempts sent twice": repeated,
    }),
  ),
  part(
    "outage",
    "A destination that is down",
    "with 10 events a second",
    async () => [await benchOutage()],
    ({ outageSeconds, events, secondsUntilThere }) => ({
      "down for s": outageSeconds,
      events,
      "all there after s": secondsUntilThere,
    }),
  ),
  part(
    "paced",
    "Events to three destinations at a rate",
    "milliseconds from being sent to having arrived; events in a batch",
    benchPaced,
    ({ perSecond, p50, p99, batch }) => ({ "per s": perSecond, p50, p99, batch }),
  ),
  part("cost", "What an event costs", "operations an event, and dollars per million events", benchCost, (figure) => ({
    destinations: figure.destinations,
    allowed: figure.allowed,
    batch: figure.batch,
    requests: figure.requests,
    "queue ops": figure.queueOperations,
    "gate requests": figure.gateRequests,
    rows: figure.rows,
    "$ delivery": figure.delivery,
    "$ log": figure.log,
  })),
  part("search", "Finding an event", "in a log of 1,000 events and in one of 1,000,000", benchSearch, (figure) => ({
    ...figure,
  })),
  part(
    "pages",
    "The pages of the dashboard",
    "in a log of 1,000 events and in one of 1,000,000; milliseconds, over loopback",
    benchPages,
    (figure) => ({ ...figure }),
  ),
  part("start-up", "The Worker", "what it weighs, and ms of CPU until it is evaluated", benchStartUp, (figure) => ({
    ...figure,
  })),
];

function floorRow({ what, relayMicros, floorMicros, share, relay, floor }: FloorFigure): Row {
  return {
    what,
    relay: relayMicros,
    floor: floorMicros,
    share,
    p50: relay.p50,
    p99: relay.p99,
    "floor p50": floor.p50,
    "floor p99": floor.p99,
  };
}
