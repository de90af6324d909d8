import type { Child, PropsWithChildren } from "hono/jsx";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly note?: Child;
}

/** A field of a form with its label, and what else has to be known; the field has the same id, and names the note. */
export function Field({ id, label, note, children }: PropsWithChildren<Props>) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {note === undefined ? null : (
        <span class="note" id={`${id}-note`}>
          {note}
        </span>
      )}
    </div>
  );
}
