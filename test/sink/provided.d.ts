import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    sink: string;
    /** How many times longer than usual the chaos suite runs. */
    chaos: number;
  }
}
