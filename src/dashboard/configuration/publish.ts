import { replaceConfig } from "../../api/config/replace.ts";
import { rollBackConfig } from "../../api/config/versions.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action } from "../page/page.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";
import { editView } from "./edit-view.tsx";

const PATH = "/dashboard/configuration";

const check: Action = {
  path: `${PATH}/check`,
  who: "admin",
  act: (visit, { text = "", version }) => editView(visit, { text, version }),
};

const publish: Action = {
  path: `${PATH}/publish`,
  who: "admin",
  act: async (visit, { text = "", version }) => {
    const told = await visit.ask(replaceConfig, { body: text === "" ? "{}" : text, ifMatch: version });
    return told instanceof Refusal ? editView(visit, { text, version, refusal: told }) : done(PATH, "config_published");
  },
};

const rollBack: Action = {
  path: `${PATH}/roll-back`,
  who: "admin",
  act: async (visit, { version = "" }) => {
    const told = await visit.ask(rollBackConfig, { body: { version } });
    return told instanceof Refusal ? refusedView(told, `${PATH}/versions`) : done(PATH, "config_rolled_back");
  },
};

/** What is done with the document as a whole. */
export const configurationActions: readonly Action[] = [check, publish, rollBack];
