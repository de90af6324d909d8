const WIDTH = 120;
const INDENT = 2;

/** JSON as the project's formatter writes it: objects open, lists of plain values on one line where they fit. */
export function printJson(value: unknown): string {
  return `${print(value, 0, 0)}\n`;
}

/** @param column where the value begins on its line */
function print(value: unknown, depth: number, column: number): string {
  if (Array.isArray(value)) return printList(value, depth, column);
  if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, field]) => {
    const start = `${JSON.stringify(name)}: `;
    return start + print(field, depth + 1, (depth + 1) * INDENT + start.length);
  });
  return enclose("{", members, "}", depth);
}

function printList(items: readonly unknown[], depth: number, column: number): string {
  const line = `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
  const plain = items.every((item) => typeof item !== "object" || item === null);
  // A comma may follow.
  if (plain && column + line.length < WIDTH) return line;
  const printed = items.map((item) => print(item, depth + 1, (depth + 1) * INDENT));
  return enclose("[", printed, "]", depth);
}

function enclose(open: string, parts: readonly string[], close: string, depth: number): string {
  if (parts.length === 0) return open + close;
  const [outer, inner] = [" ".repeat(depth * INDENT), " ".repeat((depth + 1) * INDENT)];
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${outer}${close}`;
}
