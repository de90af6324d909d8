import type * as z from "zod";
import type { checkConfig } from "../../api/config/check.ts";
import { State } from "../parts/state.tsx";
import { Differences } from "./differences.tsx";
import { Remarks } from "./remarks.tsx";

interface Props {
  readonly checked: z.output<typeof checkConfig.gives>;
  /** What is in force. */
  readonly before: string;
  /** What somebody wrote. */
  readonly after: string;
}

/** What would come of a text: whether it would be taken, what is remarkable about it, and what it changes. */
export function Preview({ checked: { state, remarks }, before, after }: Props) {
  return (
    <section class="panel" role="status" aria-label="What would come of it">
      <p>
        {state === "valid" ? (
          <State of="ok" word="It is valid, and not in force yet" />
        ) : (
          <State of="refused" word="It is not taken so" />
        )}
      </p>
      {remarks.length === 0 ? null : <Remarks of={remarks} />}
      {state === "invalid" ? null : <Differences before={before} after={after} />}
    </section>
  );
}
