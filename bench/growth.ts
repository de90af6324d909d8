import { type Growth, growthOf } from "../test/vendors/hostile-growth.ts";
import { rounded } from "./figures.ts";

const SMALL = 10_000;
const LARGE = 90_000;

/** How the time to read a webhook grows with hostile texts; nine times the text should take about nine times as long. */
export async function benchGrowth(): Promise<Growth[]> {
  return (await growthOf(SMALL, LARGE)).map((line) => ({
    ...line,
    smallMs: rounded(line.smallMs),
    largeMs: rounded(line.largeMs),
    ratio: rounded(line.ratio, 1),
    steepest: { ...line.steepest, ratio: rounded(line.steepest.ratio, 1) },
  }));
}
