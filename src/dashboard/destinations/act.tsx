import { endOldSecret } from "../../api/destinations/secret.ts";
import { test } from "../../api/destinations/test.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Once } from "../parts/once.tsx";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";
import { Answer } from "./answer.tsx";
import { destinationView } from "./one-page.tsx";
import { rotateOnce } from "./rotate.ts";

const testIt: Action = {
  path: "/dashboard/destinations/:id/test",
  who: "operator",
  act: async (visit) => {
    const told = await visit.ask(test, { params: visit.params });
    return told instanceof Refusal
      ? refusedView(told, "/dashboard/destinations")
      : destinationView(visit, <Answer of={told} />);
  },
};

const rotate: Action = {
  path: "/dashboard/destinations/:id/rotate",
  who: "admin",
  act: async (visit, { seen }) => {
    const { id = "" } = visit.params;
    const told = await rotateOnce(visit, id, seen);
    if (told instanceof Refusal) return refusedView(told, pagePath("destinations", id));
    return destinationView(
      visit,
      <Once what={`the new secret of ${id}`} text={told.secret}>
        <p class="note">
          {told.signing > 1 ? "The one before signs beside it, until you end it." : "It signs from now on."}
        </p>
      </Once>,
    );
  },
};

const endOld: Action = {
  path: "/dashboard/destinations/:id/end-old",
  who: "admin",
  act: async ({ ask, params }) => {
    const back = pagePath("destinations", params.id ?? "");
    const told = await ask(endOldSecret, { params });
    return told instanceof Refusal ? refusedView(told, back) : done(back, "secret_ended");
  },
};

/** What can be done with one destination, besides stopping it. */
export const destinationActions: readonly Action[] = [testIt, rotate, endOld];
