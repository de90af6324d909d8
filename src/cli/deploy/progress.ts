import { paint } from "../terminal.ts";

/** Seconds. */
const WORTH_TELLING = 0.1;

/** Does one step of several, and says what it was and how long it took. */
export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const took = () => {
    const seconds = (performance.now() - start) / 1000;
    return seconds < WORTH_TELLING ? "" : `  ${paint("dim", `${seconds.toFixed(1)} s`)}`;
  };
  try {
    const result = await work();
    console.log(`  ${paint("green", "✓")} ${name}${took()}`);
    return result;
  } catch (error) {
    console.log(`  ${paint("red", "✗")} ${name}${took()}`);
    throw error;
  }
}
