import { eventTypes, matchesType } from "../../events/types.ts";

/** Which types may come, each with its published schema. */
export function Catalog({ events }: { readonly events: readonly string[] }) {
  const types = eventTypes.filter((type) => events.some((pattern) => matchesType(pattern, type)));
  return (
    <details>
      <summary>Which events may come ({types.length} types), with their schemas</summary>
      <ul>
        {types.map((type) => (
          <li>
            <a href={`/schemas/events/${type}.json`}>{type}</a>
          </li>
        ))}
      </ul>
      <p class="note">
        <a href="/schemas/events.json">The schema of all of them</a>. Fields that a schema does not name may come later:
        leave out what you do not know.
      </p>
    </details>
  );
}
