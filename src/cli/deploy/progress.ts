import { paint } from "../terminal.ts";

/** Does one step of several, and says what it was and how long it took. */
export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const result = await work();
    console.log(`  ${paint("green", "✓")} ${name}  ${paint("dim", seconds())}`);
    return result;
  } catch (error) {
    console.log(`  ${paint("red", "✗")} ${name}  ${paint("dim", seconds())}`);
    throw error;
  }
}
