import { createInterface } from "node:readline/promises";

/** Whether somebody agrees: asks once, where somebody can answer; everywhere else nobody is against it. */
export async function isAgreed({ yes }: { readonly yes?: boolean | undefined }): Promise<boolean> {
  if (yes || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  // Who leaves the question unanswered does not agree.
  const answer = await asking.question("\nGo on? [Y/n] ").catch(() => "n");
  asking.close();
  return ["", "y", "yes"].includes(answer.trim().toLowerCase());
}
