import { pagePath } from "../parts/address.ts";

interface Props {
  readonly query: Readonly<Record<string, string>>;
  readonly source: string;
  /** By which clock a time is read. */
  readonly zone: string;
}

/** Which part of a map is shown, and for which moment. */
export function MatrixFilters({ query: { agent = "", project = "", at = "" }, source, zone }: Props) {
  return (
    <form class="filters" action={pagePath("permissions", source)}>
      <label>
        Agent or group
        <input name="agent" value={agent} placeholder="41, nora, groups.3" maxlength={200} size={16} />
      </label>
      <label>
        Project
        <input name="project" value={project} placeholder="7" maxlength={200} size={8} />
      </label>
      <label>
        As of ({zone})
        <input name="at" value={at} placeholder="now" maxlength={40} size={18} />
      </label>
      <button type="submit" class="quiet">
        Show
      </button>
      {agent + project + at === "" ? null : <a href={pagePath("permissions", source)}>Show all, now</a>}
    </form>
  );
}
