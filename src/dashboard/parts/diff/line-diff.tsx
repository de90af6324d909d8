import { type DiffLine, diffLines } from "./diff-lines.ts";

interface Props {
  readonly before: string;
  readonly after: string;
  /** What is compared, for those who cannot see where it stands. */
  readonly label: string;
}

/** Lines around a change that are shown with it. */
const AROUND = 3;
const MAX_SHOWN = 2000;
const signs = { same: " ", gone: "−", new: "+" } as const;
const words = { same: "", gone: "gone: ", new: "new: " } as const;

/** What differs between two texts, line by line; JSON is laid out alike first, so that only what it says counts. */
export function LineDiff({ before, after, label }: Props) {
  const lines = diffLines(laidOut(before), laidOut(after));
  if (lines === undefined) return <p class="note">Too many lines differ to be shown side by side.</p>;
  const near = nearChanges(lines);
  if (near.length === 0) return <p class="note">No line differs.</p>;
  return (
    <section class="scroll diff" aria-label={label} tabindex={0}>
      <table>
        <tbody>
          {near.slice(0, MAX_SHOWN).map((line, position) => (
            <>
              {isGap(near[position - 1], line) ? (
                <tr class="gap">
                  <td colspan={3}>…</td>
                </tr>
              ) : null}
              <tr class={line.kind}>
                <td class="number">{line.before}</td>
                <td class="number">{line.after}</td>
                <td>
                  <span aria-hidden="true">{signs[line.kind]} </span>
                  <span class="unseen">{words[line.kind]}</span>
                  {line.text}
                </td>
              </tr>
            </>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function nearChanges(lines: readonly DiffLine[]): DiffLine[] {
  const changed = lines.flatMap(({ kind }, position) => (kind === "same" ? [] : position));
  const shown = new Set(changed.flatMap((at) => Array.from({ length: 2 * AROUND + 1 }, (_, by) => at - AROUND + by)));
  return lines.filter((_, position) => shown.has(position));
}

function isGap(one: DiffLine | undefined, next: DiffLine): boolean {
  if (one === undefined) return (next.before ?? next.after ?? 1) > 1;
  const [last, first] = [one.after ?? one.before ?? 0, next.after ?? next.before ?? 0];
  return one.kind === "same" && next.kind === "same" && first > last + 1;
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
