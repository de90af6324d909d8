import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    sink: string;
  }
}
