import type { Reporter, TestModule } from "vitest/node";

const columns = ["runs", "events", "lost", "duplicated"] as const;
const HEAD = ["fault", ...columns];

/** Prints what the chaos suite counted, as a table in Markdown. */
export default class ChaosReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counted = modules.flatMap(({ children }) =>
      [...children.allTests()].flatMap((test) => test.meta().chaos ?? []),
    );
    if (counted.length === 0) return;
    const rows = counted.map((row) => [row.fault, ...columns.map((column) => String(row[column]))]);
    const sums = columns.map((column) => String(counted.reduce((sum, row) => sum + row[column], 0)));
    const table = [HEAD, HEAD.map(() => "---"), ...rows, ["all", ...sums]];
    const notes = counted.flatMap(({ fault, note }) => (note === undefined ? [] : [`${fault}: ${note}.`]));
    console.log(["", ...table.map((cells) => `| ${cells.join(" | ")} |`), "", ...notes, ""].join("\n"));
  }
}
