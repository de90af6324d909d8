import type { Deed } from "../src/log/audit/entry.ts";

/** What somebody of a test does. */
export const aDeed: Deed = { who: "ada", role: "admin", action: "test.done", what: "test" };
