import type { PropsWithChildren } from "hono/jsx";

/** Where nothing is: what that means, and what to do next. */
export function Empty({ title, children }: PropsWithChildren<{ readonly title: string }>) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
