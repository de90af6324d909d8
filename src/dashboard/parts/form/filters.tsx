import type { PropsWithChildren } from "hono/jsx";
import type { Clock } from "../../page/clock.ts";

/** The query of a page. */
export type Query = Readonly<Record<string, string>>;

interface Props {
  readonly path: string;
  readonly query: Query;
  /** The parameters that the form has fields for; with one of them the list is not all. */
  readonly names: readonly string[];
  readonly clock: Clock;
}

/** What narrows a list: it stands in the address, so that a list can be kept and passed on. */
export function Filters({ path, query, names, clock, children }: PropsWithChildren<Props>) {
  const isNarrowed = names.some((name) => query[name] !== undefined);
  return (
    <form class="filters" action={path}>
      {children}
      <input type="hidden" name="zone" value={zoneOf(query, clock)} />
      <button type="submit" class="quiet">
        Filter
      </button>
      {isNarrowed ? <a href={path}>Show all</a> : null}
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly query: Query;
  readonly placeholder?: string | undefined;
  /** What may be meant; nobody has to take one of these. */
  readonly choices?: readonly string[] | undefined;
}

/** A text that narrows a list. */
export function TextFilter({ name, label, query, placeholder, choices = [] }: FieldProps) {
  const list = choices.length === 0 ? undefined : `${name}-choices`;
  return (
    <label>
      {label}
      <input
        name={name}
        value={query[name] ?? ""}
        placeholder={placeholder}
        list={list}
        maxlength={256}
        size={16}
        autocomplete="off"
        spellcheck={false}
      />
      {list === undefined ? null : (
        <datalist id={list}>
          {choices.map((choice) => (
            <option value={choice} />
          ))}
        </datalist>
      )}
    </label>
  );
}

/** One of some words that narrows a list; `usual`: the one that counts where none is chosen. */
export function WordFilter({ name, label, query, choices = [], usual }: FieldProps & { readonly usual?: string }) {
  return (
    <label>
      {label}
      <select name={name}>
        {usual === undefined ? <option value="">any</option> : null}
        {choices.map((choice) => (
          <option value={choice} selected={(query[name] ?? usual) === choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The two ends of a time span. */
export function SpanFilter({ query }: { readonly query: Query }) {
  return (
    <>
      <TextFilter name="since" label="Since" query={query} placeholder="9:00, yesterday 9:00" />
      <TextFilter name="until" label="Until" query={query} placeholder="9:15" />
    </>
  );
}

/** The zone of times that are typed: that of the address, so that it means the same to whoever opens it. */
export function zoneOf({ zone }: Query, clock: Clock): string {
  return zone ?? clock.zone;
}

/** Some parameters of a query, with the zone where one of them is a time. */
export function chosen(query: Query, names: readonly string[], clock: Clock): Record<string, string> {
  const picked = names.flatMap((name): [string, string][] => {
    const value = query[name];
    return value === undefined ? [] : [[name, value]];
  });
  const isTimed = picked.some(([name]) => name === "since" || name === "until");
  return Object.fromEntries(isTimed ? [...picked, ["zone", zoneOf(query, clock)]] : picked);
}
