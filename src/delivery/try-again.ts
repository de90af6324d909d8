/** Pauses before a second and a third try; milliseconds. */
const PAUSES = [100, 400];

/** Does something up to three times; undefined when it failed each time. For work that changes nothing when repeated. */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T | undefined> {
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return work().catch(() => undefined);
}
