import { Refusal } from "../../api/operation.ts";
import { tryRequest } from "../../api/rejections/try.ts";
import type { Action, Page } from "../page/page.ts";
import { readPasted } from "./read-pasted.ts";
import { tryView } from "./try-view.tsx";

/** Where a request is pasted. */
export const tryPage: Page = {
  path: "/dashboard/refused/try",
  who: "operator",
  show: async ({ url: { origin } }) => tryView({ origin }),
};

/** Says what would become of a request. */
export const tryAction: Action = {
  path: "/dashboard/refused/try",
  who: "operator",
  act: async ({ ask, url: { origin } }, form) => {
    const told = await ask(tryRequest, { body: readPasted(form) });
    const { method } = form;
    return told instanceof Refusal
      ? tryView({ origin, method, refusal: told })
      : tryView({ origin, method, tried: told });
  },
};
