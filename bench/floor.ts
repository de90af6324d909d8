import { type FloorFigure, measureFloor } from "./floor/measure.ts";
import { loginOf, obliged, vendors, webhookOf } from "./floor/requests.ts";

const MAPS = [100, 10_000, 100_000];
const MANY = 1000;

/** What a request costs beside the platform's floor: a webhook of each vendor, a login of each size of map, and the floor itself with what all must do. */
export function benchFloor(): Promise<FloorFigure[]> {
  return measureFloor([...vendors.map((vendor) => webhookOf(vendor)), ...MAPS.map(loginOf), obliged()]);
}

/** The same where a thousand sources and destinations are configured that have nothing to do with it. */
export function benchCrowd(): Promise<FloorFigure[]> {
  return measureFloor([webhookOf("vcc-live"), webhookOf("vcc-live", MANY)]);
}
