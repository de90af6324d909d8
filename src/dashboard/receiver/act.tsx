import { endOldSecret } from "../../api/destinations/secret.ts";
import { test } from "../../api/destinations/test.ts";
import { Refusal } from "../../api/operation.ts";
import { Answer } from "../destinations/answer.tsx";
import { rotateOnce } from "../destinations/rotate.ts";
import type { Action } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { Once } from "../parts/once.tsx";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";
import { receiverView } from "./receiver-page.tsx";

const HOME = "/dashboard/receiver";

const testIt: Action = {
  path: `${HOME}/test`,
  who: "receiver",
  act: async (visit) => {
    const told = await visit.ask(test, { params: ownOf(visit) });
    return told instanceof Refusal ? refusedView(told, HOME) : receiverView(visit, <Answer of={told} />);
  },
};

const rotate: Action = {
  path: `${HOME}/rotate`,
  who: "receiver",
  act: async (visit, { seen }) => {
    const told = await rotateOnce(visit, ownOf(visit).id, seen);
    if (told instanceof Refusal) return refusedView(told, HOME);
    return receiverView(
      visit,
      <Once what="your new secret" text={told.secret}>
        <p class="note">
          {told.signing > 1
            ? "The one before signs beside it: put this one into your receiver, send a test event, then end the old one."
            : "Deliveries are signed with it from now on."}
        </p>
      </Once>,
    );
  },
};

const endOld: Action = {
  path: `${HOME}/end-old`,
  who: "receiver",
  act: async (visit) => {
    const told = await visit.ask(endOldSecret, { params: ownOf(visit) });
    return told instanceof Refusal ? refusedView(told, HOME) : done(HOME, "secret_ended");
  },
};

/** What a receiver can do with its destination. */
export const receiverActions: readonly Action[] = [testIt, rotate, endOld];

function ownOf({ caller }: Visit) {
  return { id: caller.destination ?? "" };
}
