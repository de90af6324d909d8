import { Refusal } from "../../api/operation.ts";
import { status } from "../../api/status/status.ts";
import type { Page } from "../page/page.ts";
import { refusedView } from "../parts/refused.tsx";
import { Lanes } from "./lanes.tsx";
import { Needs } from "./needs.tsx";

/** Whether all is well, and what needs somebody. */
export const nowPage: Page = {
  path: "/dashboard",
  who: "viewer",
  show: async ({ ask, clock }) => {
    const told = await ask(status);
    if (told instanceof Refusal) return refusedView(told);
    return {
      title: told.verdict === "ok" ? "All is well" : "Now",
      refreshSeconds: 5,
      body: (
        <>
          <h1 class={`verdict ${told.verdict}`}>{told.sentence}</h1>
          <Needs items={told.items} clock={clock} />
          <Lanes status={told} clock={clock} />
        </>
      ),
    };
  },
};
