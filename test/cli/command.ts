import { format } from "node:util";
import { vi } from "vitest";
import { run } from "../../src/cli/run.ts";
import type { Ended } from "./run.ts";

/** Runs one of our commands in this process, which is much faster than a process of its own; one at a time. */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  const said = { out: "", err: "" };
  const listen =
    (stream: keyof typeof said) =>
    (...words: unknown[]) => {
      said[stream] += `${format(...words)}\n`;
    };
  const spies = [
    vi.spyOn(console, "log").mockImplementation(listen("out")),
    vi.spyOn(console, "error").mockImplementation(listen("err")),
  ];
  for (const [name, value] of Object.entries({ NO_COLOR: "1", ...environment })) vi.stubEnv(name, value);
  try {
    return { code: await run(args), ...said };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
