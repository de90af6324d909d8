import type * as z from "zod";
import type { deliveredEvent } from "../../api/events/delivered.ts";
import { readEvent } from "../../api/events/read.ts";
import { Refusal } from "../../api/operation.ts";
import { replayEvent } from "../../api/replays/replay-event.ts";
import type { Clock } from "../page/clock.ts";
import type { Action, Page } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { CopiedBlock } from "../parts/copied.tsx";
import { Facts } from "../parts/facts.tsx";
import { Age, Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { done, SaidLine } from "../parts/said.tsx";
import { State } from "../parts/state.tsx";

type Told = z.output<typeof deliveredEvent>;

/** One event as its receiver gets it. */
export const receiverEventPage: Page = {
  path: "/dashboard/receiver/events/:id",
  who: "receiver",
  show: async ({ ask, params, clock, url }) => {
    const told = await ask(readEvent, { params });
    if (told instanceof Refusal) return refusedView(told, "/dashboard/receiver");
    // To a receiver the API tells an event as it is delivered, and no other way.
    if ("event" in told) return refusedView(notItsOwn, "/dashboard/receiver");
    const { id, receipt, delivered, deliveries } = told;
    return {
      title: id,
      body: (
        <>
          <h1 class="id">{id}</h1>
          <SaidLine url={url} />
          <Facts
            of={[
              ["Receipt", <span class="id">{receipt}</span>],
              ["All of them", <a href="/dashboard/receiver">What was sent here</a>],
            ]}
          />
          <form method="post" action={`${pagePath("receiver", "events", id)}/replay`}>
            <button type="submit" data-key="r">
              Send it again
            </button>
          </form>
          <p class="note">The same bytes under the same id: a receiver that knows the id does nothing twice.</p>
          <Commands
            id="replay"
            origin={url.origin}
            method="POST"
            path={`/api/events/${encodeURIComponent(id)}/replay`}
            command={["replay", id]}
          />
          <h2>Attempts</h2>
          <Attempts of={deliveries} clock={clock} />
          <h2>As it is delivered</h2>
          {delivered === undefined ? (
            <p class="note">It cannot be read any more.</p>
          ) : (
            <>
              <h3>Headers</h3>
              <Facts
                of={Object.entries(delivered.headers).map(([name, value]) => [name, <code class="wrap">{value}</code>])}
              />
              <h3>Body</h3>
              <CopiedBlock id="body" text={JSON.stringify(delivered.body, undefined, 2)} what="the body" />
            </>
          )}
        </>
      ),
    };
  },
};

const notItsOwn = new Refusal("not_found", "No event of this destination has this id.");

function Attempts({ of, clock }: { readonly of: Told["deliveries"]; readonly clock: Clock }) {
  return (
    <>
      {of.map(({ run, state, attempt, next, reason, attempts }) => (
        <section class="panel">
          <p>
            <State of={state} /> {run === 0 ? "" : `replay ${run}, `}
            {attempt} {attempt === 1 ? "attempt" : "attempts"}
            {reason === null ? "" : `: ${reason}`}
            {next === null ? null : (
              <>
                , next <Age at={next} clock={clock} />
              </>
            )}
          </p>
          <ol>
            {attempts.map(({ at, status, reason, ms }) => (
              <li>
                <Moment at={at} clock={clock} /> {String(status ?? reason ?? "")}{" "}
                {typeof ms === "number" ? `${ms} ms` : ""}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** Sends one event again, to its receiver alone. */
export const receiverReplay: Action = {
  path: "/dashboard/receiver/events/:id/replay",
  who: "receiver",
  act: async ({ ask, params }) => {
    const back = pagePath("receiver", "events", params.id ?? "");
    const told = await ask(replayEvent, { params });
    return told instanceof Refusal ? refusedView(told, back) : done(back, "sent_again");
  },
};
