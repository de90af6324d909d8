import { pause, resume } from "../../api/destinations/pause.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action, Form } from "../page/page.ts";
import { address, pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done, type Said } from "../parts/said.tsx";

const acts = { pause: [pause, "paused"], resume: [resume, "resumed"] } as const;

/** Where a button led from, and what the page there is to say. */
interface Lead {
  /** Where its button was. */
  readonly back: (id: string, form: Form) => string;
  /** What leads there and says what was done. */
  readonly lead: (back: string, said: Said, id: string) => Response;
}

/** Stops a destination, or lets it go on, and leads back to where the button was. */
export function pauseAction(name: keyof typeof acts, path: string, { back, lead }: Lead): Action {
  const [operation, said] = acts[name];
  return {
    path,
    who: "operator",
    act: async ({ ask, params: { id = "" } }, form) => {
      const told = await ask(operation, { params: { id } });
      return told instanceof Refusal ? refusedView(told, back(id, form)) : lead(back(id, form), said, id);
    },
  };
}

const fromDestinations: Lead = {
  back: (id, { from }) =>
    from === "list" ? address("/dashboard/destinations", { of: id }) : pagePath("destinations", id),
  lead: done,
};

/** The buttons of the pages of destinations. */
export const pauseActions: readonly Action[] = (["pause", "resume"] as const).map((name) =>
  pauseAction(name, `/dashboard/destinations/:id/${name}`, fromDestinations),
);
