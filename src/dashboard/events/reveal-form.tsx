import type { Refusal } from "../../api/operation.ts";
import type { Form } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Fault } from "../parts/fault.tsx";

interface Props {
  readonly id: string;
  /** What was typed, where it was refused. */
  readonly typed?: Form | undefined;
  readonly refusal?: Refusal | undefined;
}

/** Shows what is hidden of persons, to whoever says why. */
export function RevealForm({ id, typed = {}, refusal }: Props) {
  return (
    <section class="panel" id="reveal">
      <h3>Reveal</h3>
      <p class="note">What is hidden is shown on the next page alone. The audit tells that you saw it, and why.</p>
      <Fault of={refusal} />
      <form method="post" action={`${pagePath("events", id, "reveal")}#reveal`} class="filters">
        <label>
          Why
          <input name="reason" required maxlength={500} value={typed.reason ?? ""} size={28} />
        </label>
        <label>
          Only these paths
          <input name="paths" value={typed.paths ?? ""} placeholder="all; or data.customer.phone, raw" size={28} />
        </label>
        <button type="submit">Reveal</button>
      </form>
    </section>
  );
}
