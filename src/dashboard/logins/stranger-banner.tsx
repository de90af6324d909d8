import type { Clock } from "../page/clock.ts";
import { address } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import type { Explanation } from "./told.ts";

interface Props {
  readonly refused: Explanation["refused"];
  readonly source: string;
  readonly clock: Clock;
}

/** Requests that never became logins, for the vendor's key was refused: nobody could log in then. */
export function StrangerBanner({ refused = [], source, clock }: Props) {
  const [most] = refused;
  if (most === undefined) return null;
  const sum = refused.reduce((total, { count }) => total + count, 0);
  const first = refused.map((one) => one.first).toSorted()[0];
  const last = refused
    .map((one) => one.last)
    .toSorted()
    .at(-1);
  return (
    <div class="fault">
      <p>
        <strong>
          The vendor's key was refused {sum === 1 ? "once" : `${sum} times`}
          {sum === 1 ? " at " : " between "}
          <Moment at={first} clock={clock} />
          {sum === 1 ? null : (
            <>
              {" and "}
              <Moment at={last} clock={clock} />
            </>
          )}
        </strong>{" "}
        ({refused.map(({ reason, count }) => `${reason.replaceAll("_", " ")}: ${count}`).join(", ")}): a login that was
        among them has never been decided.
      </p>
      <p>
        <Marked text={most.next} /> <a href={address("/dashboard/refused", { source })}>What was refused</a>
      </p>
    </div>
  );
}

/** A sentence in which names stand between backticks. */
function Marked({ text }: { readonly text: string }) {
  return <>{text.split("`").map((part, position) => (position % 2 === 1 ? <code class="wrap">{part}</code> : part))}</>;
}
