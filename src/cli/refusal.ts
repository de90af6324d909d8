/** What was asked cannot be done; the message is one sentence for people. Ends with exit code 1. */
export class Refusal extends Error {}

/** What was asked was done, and what came of it, which is told already, is not what it should be. Ends with exit code 1. */
export class ToldFailure extends Error {}
