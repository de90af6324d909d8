import { Refusal } from "../../api/operation.ts";
import { listMaps } from "../../api/permissions/list.ts";
import type { Clock } from "../page/clock.ts";
import type { Visit } from "../page/visit.ts";
import { address, pagePath } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import { SaidLine } from "../parts/said.tsx";
import { whoWrote } from "../parts/who-wrote.ts";
import type { AskingSource } from "./told.ts";

const views = [
  ["Matrix", undefined],
  ["Text", "text"],
  ["Versions", "versions"],
  ["Unused rules", "unused"],
] as const;

/** One of the views of a map. */
export type MapView = (typeof views)[number][0];

/** The source that a page is about; why there is none, where it cannot be told or does not ask. */
export async function findAsking({ ask, params }: Visit): Promise<AskingSource | Refusal> {
  const told = await ask(listMaps);
  if (told instanceof Refusal) return told;
  const found = told.items.find(({ source }) => source === params.source);
  return found ?? new Refusal("not_found", "No source of this id asks who may log in.");
}

interface Props {
  readonly of: AskingSource;
  readonly view: MapView;
  readonly visit: Visit;
}

/** Whose map it is, which version is in force, and its views. */
export function MapHead({ of: { source, mode, version }, view, visit: { clock, url, query, caller } }: Props) {
  return (
    <>
      <h1>Permission map of {source}</h1>
      <p class="lead">
        {version === undefined ? (
          "There is no map yet: every login is refused."
        ) : (
          <Version of={version} clock={clock} />
        )}
        {mode === "shadow" ? " The guard only watches." : null}
      </p>
      {caller.role === "admin" && query.before !== undefined && isUndoable(query.said) ? (
        <UndoLine url={url} source={source} before={query.before} />
      ) : (
        <SaidLine url={url} />
      )}
      <nav class="views" aria-label="Views of the map">
        {views.map(([name, path]) => (
          <a
            href={path === undefined ? pagePath("permissions", source) : pagePath("permissions", source, path)}
            aria-current={name === view ? "page" : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
    </>
  );
}

function Version({ of: { version, who, since }, clock }: { of: NonNullable<AskingSource["version"]>; clock: Clock }) {
  return (
    <>
      Version {version}, {who === "kv" ? whoWrote(who) : `by ${who}`}, since <Moment at={since} clock={clock} />.
    </>
  );
}

function isUndoable(said: string | undefined): boolean {
  return said === "published" || said === "rolled_back";
}

/** What was just put in force, with what undoes it. */
function UndoLine({ url, source, before }: { readonly url: URL; readonly source: string; readonly before: string }) {
  return (
    <form class="said row" method="post" action={address(pagePath("permissions", source, "rollback"))}>
      <SaidWords url={url} />
      <input type="hidden" name="version" value={before} />
      <button type="submit" class="quiet">
        Undo
      </button>
    </form>
  );
}

function SaidWords({ url }: { readonly url: URL }) {
  return (
    <span role="status">
      {url.searchParams.get("said") === "published" ? "Published." : "Rolled back."} It is in force everywhere within
      about 90 seconds.
    </span>
  );
}
