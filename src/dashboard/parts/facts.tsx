import type { Child } from "hono/jsx";

/** Names and what they are, one line each; what is undefined is left out. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: Child | undefined])[] }) {
  return (
    <dl class="facts">
      {of.map(([name, value]) =>
        value === undefined ? null : (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ),
      )}
    </dl>
  );
}
