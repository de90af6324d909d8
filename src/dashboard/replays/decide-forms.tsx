import { MASKED } from "../../api/masks/mask.ts";
import type { Refusal } from "../../api/operation.ts";
import { address, pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Fault } from "../parts/fault.tsx";
import type { WholeReplay } from "./told.ts";

/** What goes out cannot be called back: of so many deliveries on, the number is typed. */
export const MANY = 100;

interface Props {
  readonly told: WholeReplay;
  readonly origin: string;
  readonly refusal?: Refusal | undefined;
}

/** Starts a replay that has counted, cancels one that goes on, asks again for one that is over. */
export function Decide({ told, origin, refusal }: Props) {
  const { id, state, deliveries } = told;
  const isToStart = state === "counted" && deliveries > 0;
  return (
    <section class="decide">
      <Fault of={refusal} />
      <div class="row">
        {isToStart ? <Start told={told} /> : null}
        {state === "done" || state === "cancelled" ? null : (
          <form method="post" action={pagePath("replays", id, "cancel")}>
            <button type="submit" class="quiet">
              Cancel
            </button>
          </form>
        )}
        {state === "cancelled" ? <Again told={told} /> : null}
      </div>
      {isToStart ? (
        <Commands
          id="start"
          origin={origin}
          method="POST"
          path={`/api/replays/${encodeURIComponent(id)}/start`}
          command={["replays", "start", id]}
        />
      ) : null}
    </section>
  );
}

function Start({ told: { id, deliveries } }: Pick<Props, "told">) {
  return (
    <form method="post" action={pagePath("replays", id, "start")} class="row">
      {deliveries < MANY ? null : (
        <label>
          Type {deliveries} <input name="count" inputmode="numeric" required autocomplete="off" size={8} />
        </label>
      )}
      <button type="submit" data-key="r">
        Send {deliveries === 1 ? "this delivery" : `these ${deliveries} deliveries`}
      </button>
    </form>
  );
}

/** What was not begun is still as it was, and the same filter finds it. */
function Again({ told: { filter, destination, event } }: Pick<Props, "told">) {
  if (event !== undefined || Object.values(filter).some((value) => value.includes(MASKED))) return null;
  return (
    <a class="button" data-key="r" href={address("/dashboard/replays/new", { ...filter, to: destination })}>
      Ask for it again…
    </a>
  );
}
