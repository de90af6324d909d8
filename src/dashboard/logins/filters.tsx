import { address } from "../parts/address.ts";

/** Which decisions are listed. */
export function Filters({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { agent, at, source, granted, since = "", until = "" } = query;
  const isNarrowed = [granted, since, until].some((value) => value !== undefined && value !== "");
  return (
    <form class="filters" action="/dashboard/logins#decisions">
      {Object.entries({ agent, at, source }).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      <label>
        Granted
        <select name="granted">
          <option value="">all</option>
          <option value="false" selected={granted === "false"}>
            refused
          </option>
          <option value="true" selected={granted === "true"}>
            granted
          </option>
        </select>
      </label>
      <label>
        Since
        <input name="since" value={since} placeholder="9:00" maxlength={40} size={16} />
      </label>
      <label>
        Until
        <input name="until" value={until} placeholder="9:15" maxlength={40} size={16} />
      </label>
      <button type="submit" class="quiet">
        Filter
      </button>
      {isNarrowed ? <a href={`${address("/dashboard/logins", { agent, at, source })}#decisions`}>Show all</a> : null}
    </form>
  );
}
