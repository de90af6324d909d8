/** A line of a text that became another: where it stands, as far as it is there. */
export interface DiffLine {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
  /** From 1, in the text before. */
  readonly before?: number;
  /** From 1, in the text after. */
  readonly after?: number;
}

/** What is so different takes too long to be compared line by line; lines that are gone or new. */
const MAX_CHANGED = 300;

/** The lines of two texts side by side, those that differ as few as can be (E. Myers, 1986); undefined for too many. */
export function diffLines(before: string, after: string): DiffLine[] | undefined {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const start = countSame(old, fresh, 0, (lines, at) => lines[at]);
  const end = countSame(old, fresh, start, (lines, at) => lines[lines.length - 1 - at]);
  const steps = shortestEdit(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  if (steps === undefined) return undefined;
  const kinds = [...Array<"same">(start).fill("same"), ...steps, ...Array<"same">(end).fill("same")];
  const at = { before: 0, after: 0 };
  return kinds.map((kind): DiffLine => {
    const text = (kind === "new" ? fresh[at.after] : old[at.before]) ?? "";
    if (kind !== "new") at.before += 1;
    if (kind !== "gone") at.after += 1;
    return {
      kind,
      text,
      ...(kind === "new" ? {} : { before: at.before }),
      ...(kind === "gone" ? {} : { after: at.after }),
    };
  });
}

/** How many lines are the same from one end on, not counting those that are taken already. */
function countSame(
  old: readonly string[],
  fresh: readonly string[],
  taken: number,
  lineAt: (lines: readonly string[], at: number) => string | undefined,
): number {
  const most = Math.min(old.length, fresh.length) - taken;
  let same = 0;
  while (same < most && lineAt(old, same) === lineAt(fresh, same)) same += 1;
  return same;
}

/** The furthest that is reached on each diagonal by so many changes; from the last of these rounds the way leads back. */
function shortestEdit(old: readonly string[], fresh: readonly string[]): DiffLine["kind"][] | undefined {
  const rounds: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let changes = 0; changes <= Math.min(MAX_CHANGED, old.length + fresh.length); changes++) {
    rounds.push(reached);
    const next = new Map<number, number>();
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = comesFromNew(reached, diagonal, changes) ? get(reached, diagonal + 1) : get(reached, diagonal - 1) + 1;
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= fresh.length) return walkBack(rounds, old.length, fresh.length);
    }
    reached = next;
  }
  return undefined;
}

/** Whether the best way to a diagonal is by a line that is new, else by one that is gone. */
function comesFromNew(reached: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean {
  if (diagonal === -changes) return true;
  return diagonal !== changes && get(reached, diagonal - 1) < get(reached, diagonal + 1);
}

function get(reached: ReadonlyMap<number, number>, diagonal: number): number {
  return reached.get(diagonal) ?? 0;
}

function walkBack(rounds: readonly ReadonlyMap<number, number>[], oldLines: number, freshLines: number) {
  const steps: DiffLine["kind"][] = [];
  let [x, y] = [oldLines, freshLines];
  for (const [changes, reached] of [...rounds.entries()].toReversed()) {
    const isNew = comesFromNew(reached, x - y, changes);
    const from = get(reached, isNew ? x - y + 1 : x - y - 1);
    const diagonal = isNew ? x - y + 1 : x - y - 1;
    const [startX, startY] = changes === 0 ? [0, 0] : [from, from - diagonal];
    const same = Math.min(x - startX - (isNew || changes === 0 ? 0 : 1), y - startY - (isNew && changes > 0 ? 1 : 0));
    for (let line = 0; line < same; line++) steps.push("same");
    if (changes > 0) steps.push(isNew ? "new" : "gone");
    [x, y] = [startX, startY];
  }
  return steps.toReversed();
}
