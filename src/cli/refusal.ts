/** What was asked cannot be done; the message is one sentence for people. Ends with exit code 1. */
export class Refusal extends Error {}

/** The arguments make no sense; the message says which. Ends with exit code 2. */
export class UsageError extends Error {}
