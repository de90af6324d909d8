import type * as z from "zod";
import type { tested } from "../../api/destinations/test.ts";
import { State } from "../parts/state.tsx";

/** What a destination said to a sample. */
export function Answer({ of }: { readonly of: z.output<typeof tested> }) {
  const { delivered, status, reason, ms, event, answer } = of;
  return (
    <section class="panel" role="status" aria-label="What the test event came to">
      <p>
        <State
          of={delivered ? "delivered" : "refused"}
          word={delivered ? "It took the test event" : "It did not take it"}
        />
        {": "}
        {status === undefined ? (reason ?? "no answer") : `status ${status}`}, {ms} ms
        {event === undefined ? null : (
          <>
            {" "}
            <span class="note">
              as <span class="id">{event}</span>, which is kept nowhere
            </span>
          </>
        )}
      </p>
      {answer === undefined ? null : <pre class="text">{answer}</pre>}
    </section>
  );
}
