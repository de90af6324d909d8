/** A change was not made, because the audit could not tell of it. Its message is that of what failed. */
export class NotAudited extends Error {
  override readonly name = "NotAudited";

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : "unknown", { cause });
  }
}
