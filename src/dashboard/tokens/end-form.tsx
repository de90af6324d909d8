import { Field } from "../parts/form/field.tsx";

/** Ends a token. It cannot be taken back, so that its name is to be written. */
export function EndForm({ tokens }: { readonly tokens: readonly { readonly name: string }[] }) {
  return (
    <>
      <h2 id="end">End a token</h2>
      <form method="post" action="/dashboard/tokens/end" class="form">
        <Field
          id="end-name"
          label="Its name"
          note="This cannot be taken back: nobody has the token but whoever it was given to."
        >
          <input
            id="end-name"
            name="name"
            required
            autocomplete="off"
            list="token-names"
            aria-describedby="end-name-note"
          />
          <datalist id="token-names">
            {tokens.map(({ name }) => (
              <option value={name} />
            ))}
          </datalist>
        </Field>
        <button type="submit" class="quiet">
          End it
        </button>
      </form>
    </>
  );
}
