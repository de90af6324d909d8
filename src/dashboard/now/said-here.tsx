import { type Caller, isAtLeast } from "../../api/people/role.ts";
import { pagePath } from "../parts/address.ts";
import type { Status } from "./told.ts";

const lines = {
  resumed: { did: (id: string) => `${id} is resumed: what waited is sent.`, undo: "pause", name: "Pause it again" },
  paused: {
    did: (id: string) => `${id} is paused: what comes for it waits, and nothing is lost.`,
    undo: "resume",
    name: "Resume it",
  },
} as const;

interface Props {
  readonly url: URL;
  readonly status: Status;
  readonly caller: Caller;
}

/** Says what a button of this page has done to one of the destinations, with the one that takes it back. */
export function SaidHere({ url: { searchParams }, status: { destinations }, caller }: Props) {
  const said = Object.entries(lines).find(([word]) => word === searchParams.get("said"))?.[1];
  const id = destinations.find((one) => one.id === searchParams.get("destination"))?.id;
  if (said === undefined || id === undefined || !isAtLeast(caller, "operator")) return null;
  return (
    <div class="said row">
      <span role="status">{said.did(id)}</span>
      <form method="post" action={pagePath("now", said.undo, id)}>
        <button type="submit" class="quiet">
          {said.name}
        </button>
      </form>
    </div>
  );
}
