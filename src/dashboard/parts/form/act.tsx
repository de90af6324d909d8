interface Props {
  /** Where it is sent, by POST. */
  readonly to: string;
  readonly name: string;
  /** What it is done to, for those who hear only the button. */
  readonly what?: string | undefined;
  readonly isMain?: boolean | undefined;
  readonly fields?: Readonly<Record<string, string | undefined>> | undefined;
}

/** One button that does something. */
export function Act({ to, name, what, isMain = false, fields = {} }: Props) {
  return (
    <form method="post" action={to} class="act">
      {Object.entries(fields).map(([field, value]) =>
        value === undefined ? null : <input type="hidden" name={field} value={value} />,
      )}
      <button
        type="submit"
        class={isMain ? undefined : "quiet"}
        aria-label={what === undefined ? undefined : `${name} ${what}`}
      >
        {name}
      </button>
    </form>
  );
}
