import { type FloorFigure, type Load, measureFloor } from "./floor/measure.ts";
import { batchOf } from "./floor/requests.ts";

/** A batch takes as long as dozens of single requests, and a queue brings few at once. */
const LOAD: Load = { warmUp: 600, requests: 60, connections: 2 };
const DESTINATIONS = 3;
const MANY = 100;

/**
 * What a batch of ten webhooks costs beside the least that can be done with it: read as JSON, sent on, written down. The
 * last line has sources and destinations that have nothing to do with it.
 */
export function benchConsumer(): Promise<FloorFigure[]> {
  const batches = [batchOf(1), batchOf(DESTINATIONS), batchOf(DESTINATIONS, MANY)];
  return measureFloor(batches, LOAD, "bench/worker/consumer.ts");
}
