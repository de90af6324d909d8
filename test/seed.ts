import fc from "fast-check";
import { inject } from "vitest";

// The same examples in each run; `SEED=$RANDOM npm test` looks at others.
fc.configureGlobal({ seed: inject("seed") });
