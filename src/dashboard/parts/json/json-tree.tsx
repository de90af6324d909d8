import type { Child } from "hono/jsx";
import { Shown } from "../form/hidden.tsx";
import { nodeOf, pathTo } from "./as-json.ts";

interface Props {
  readonly value: unknown;
  /** What it is, for those who cannot see where it stands. */
  readonly label: string;
  /** Begins the names of the places to which links may lead. */
  readonly place?: string | undefined;
  /** What is said beside a value, by its path. */
  readonly beside?: ((path: string) => Child) | undefined;
}

/** More members are counted only: a body may have a hundred thousand. */
const MAX_MEMBERS = 1500;
const MAX_CHARACTERS = 4000;
/** What lies deeper is shown when it is opened. */
const OPEN_LEVELS = 4;

/** What is written so far of a tree. */
interface Budget {
  left: number;
}

/** JSON as a tree that folds, each value with its path. */
export function JsonTree({ value, label, place, beside }: Props) {
  return (
    <section class="tree" aria-label={label}>
      <Members value={value} path="" level={0} budget={{ left: MAX_MEMBERS }} place={place} beside={beside} />
    </section>
  );
}

interface Inside extends Omit<Props, "label"> {
  readonly path: string;
  readonly level: number;
  readonly budget: Budget;
}

function Members({ value, ...inside }: Inside) {
  const node = nodeOf(value);
  if (node.kind === "scalar") return <Value value={value} />;
  const { budget } = inside;
  const shown = node.first(Math.max(0, budget.left));
  budget.left -= shown.length;
  const rest = node.size - shown.length;
  return (
    <ul>
      {shown.map(([name, member]) => (
        <Member name={name} value={member} {...inside} path={pathTo(inside.path, name)} />
      ))}
      {rest === 0 ? null : <li class="note">and {rest} more</li>}
    </ul>
  );
}

function Member({ name, value, path, level, ...inside }: Inside & { readonly name: string }) {
  const node = nodeOf(value);
  const { place, beside } = inside;
  const id = place === undefined ? undefined : placeId(place, path);
  if (node.kind === "scalar" || node.size === 0) {
    return (
      <li id={id} title={path}>
        <span class="name">{name}</span> <Value value={value} /> {beside?.(path)}
      </li>
    );
  }
  const count = node.size;
  const items = node.kind === "list" ? (count === 1 ? "item" : "items") : count === 1 ? "member" : "members";
  return (
    <li id={id} title={path}>
      <details open={level < OPEN_LEVELS}>
        <summary>
          <span class="name">{name}</span>{" "}
          <span class="note">
            {count} {items}
          </span>
        </summary>
        <Members value={value} path={path} level={level + 1} {...inside} />
      </details>
    </li>
  );
}

function Value({ value }: { readonly value: unknown }) {
  const node = nodeOf(value);
  if (node.kind !== "scalar") return <span class="none">{node.kind === "list" ? "[ ]" : "{ }"}</span>;
  if (node.type !== "text") return <span class={`value ${node.type}`}>{node.text}</span>;
  if (node.text === "") return <span class="none">empty</span>;
  const rest = node.text.length - MAX_CHARACTERS;
  return (
    <span class="value text">
      <Shown text={node.text.slice(0, MAX_CHARACTERS)} />
      {rest > 0 ? <span class="note"> and {rest} characters more</span> : null}
    </span>
  );
}

/** The id of the place where a value stands in a tree. */
export function placeId(place: string, path: string): string {
  return `${place}-${encodeURIComponent(path)}`;
}
