import { roles } from "../../api/people/role.ts";
import type { Form } from "../page/page.ts";
import { Field } from "../parts/form/field.tsx";

/** What each role may, in a few words; docs/people.md tells all. */
const words: Readonly<Record<string, string>> = {
  viewer: "sees that things happened",
  supervisor: "explains logins, grants for a day",
  operator: "replays, pauses, reveals",
  admin: "everything",
  receiver: "one destination alone",
};

/** Makes a token. */
export function MakeForm({
  form: { name = "", role = "viewer", destination = "", expires = "" },
}: {
  readonly form: Form;
}) {
  return (
    <form method="post" action="/dashboard/tokens" class="form">
      <Field id="name" label="Name" note="A person's or a program's; each name is given once.">
        <input
          id="name"
          name="name"
          value={name}
          required
          maxlength={64}
          autocomplete="off"
          aria-describedby="name-note"
        />
      </Field>
      <Field id="role" label="Role">
        <select id="role" name="role">
          {[...roles, "receiver"].map((one) => (
            <option value={one} selected={one === role}>
              {one}: {words[one]}
            </option>
          ))}
        </select>
      </Field>
      <Field id="destination" label="Destination" note="Of a receiver: the one that it is bound to.">
        <input id="destination" name="destination" value={destination} aria-describedby="destination-note" />
      </Field>
      <Field id="expires" label="Ends" note="A day such as 2026-12-31, or empty: never. UTC.">
        <input id="expires" name="expires" value={expires} aria-describedby="expires-note" />
      </Field>
      <button type="submit">Make it</button>
    </form>
  );
}
