import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    sink: string;
    /** Of the examples of property tests. */
    seed: number;
    /** Folder of the built Worker, for tests that run it in a process of its own. */
    worker: string;
    /** How many times longer than usual the chaos suite runs. */
    chaos: number;
  }
}
