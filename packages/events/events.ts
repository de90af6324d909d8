/** In the package this is a copy: the types of events stand alone. */
export type * from "../../src/events/index.ts";
