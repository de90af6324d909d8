interface Remark {
  readonly path: string;
  readonly message: string;
  readonly near?: string | undefined;
}

/** What is wrong or remarkable, each with its place. */
export function Remarks({ of }: { readonly of: readonly Remark[] }) {
  return (
    <ul>
      {of.map(({ path, message, near }) => (
        <li>
          <code class="wrap">{path}</code> {message}
          {near === undefined ? null : `; did you mean ${near}?`}
        </li>
      ))}
    </ul>
  );
}
