/**
 * The public vocabulary, for projects downstream: `import type { HookEvent } from "hookswitch/events"`.
 * Written by `npx vitest run --project node test/project/docs.test.ts -u` from the schemas beside it.
 */
export {};
