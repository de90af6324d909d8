import type { PropsWithChildren } from "hono/jsx";
import { Copied } from "./copied.tsx";

interface Props {
  /** "the new secret" */
  readonly what: string;
  readonly text: string;
}

/** What is shown this once: it is in no address, and nobody can look it up again. */
export function Once({ what, text, children }: PropsWithChildren<Props>) {
  return (
    <section class="once" aria-label={what}>
      <p>
        <strong>This is {what}. It is shown this once.</strong>
      </p>
      <p>
        <Copied id="once" text={text} what={what} />
      </p>
      {children}
    </section>
  );
}
