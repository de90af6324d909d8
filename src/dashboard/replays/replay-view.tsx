import type { Refusal } from "../../api/operation.ts";
import type { View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { Commands } from "../parts/commands.tsx";
import { Facts } from "../parts/facts.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { State } from "../parts/state.tsx";
import { Decide } from "./decide-forms.tsx";
import { Differences, Found, History, Progress } from "./progress.tsx";
import type { WholeReplay } from "./told.ts";
import { What, Whither } from "./what.tsx";

const NEWS_SECONDS = 2;

/** One replay: what it found, how far it is, and what can be done with it. */
export function replayPageView(told: WholeReplay, { url, clock }: Visit, refusal?: Refusal): View {
  const { id, state, sentence } = told;
  const goesOn = state === "counting" || state === "running" || told.progress.waiting > 0;
  return {
    title: "Replay",
    status: refusal && refusedView(refusal).status,
    refreshSeconds: goesOn && refusal === undefined ? NEWS_SECONDS : undefined,
    body: (
      <>
        <h1>{sentence}</h1>
        <p class="lead">
          <State of={state} />
        </p>
        <SaidLine url={url} />
        <Decide told={told} origin={url.origin} refusal={refusal} />
        <div class="columns">
          <section class="panel">
            <h2>Asked for</h2>
            <Facts
              of={[
                ["What", <What of={told} clock={clock} />],
                ["To", <Whither of={told} />],
              ]}
            />
            <History told={told} clock={clock} />
          </section>
          <Progress told={told} />
        </div>
        <Found told={told} />
        <Differences told={told} />
        {state === "counted" ? null : (
          <Commands
            id="replay"
            origin={url.origin}
            method="GET"
            path={`/api/replays/${encodeURIComponent(id)}`}
            command={["replays", "show", id]}
          />
        )}
      </>
    ),
  };
}
