import { Field } from "../parts/form/field.tsx";

const fields = [
  ["who", "Who", "ada-phone"],
  ["what", "What (a * at its end)", "permissions/acme-vcc*"],
  ["since", "From", "yesterday 9:00"],
  ["until", "To", "17:00"],
] as const;

/** Narrows the list; all of it stands in the address. */
export function AuditFilters({ query }: { readonly query: Readonly<Record<string, string>> }) {
  return (
    <form class="filters">
      {fields.map(([name, label, placeholder]) => (
        <Field id={name} label={label}>
          <input id={name} name={name} value={query[name]} placeholder={placeholder} />
        </Field>
      ))}
      <button type="submit" class="quiet">
        Show
      </button>
    </form>
  );
}
