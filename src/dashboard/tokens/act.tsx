import { Refusal } from "../../api/operation.ts";
import { createToken } from "../../api/tokens/create.ts";
import { endToken } from "../../api/tokens/end.ts";
import { readTokens } from "../../api/tokens/list.ts";
import type { Action } from "../page/page.ts";
import { Once } from "../parts/once.tsx";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";
import { tokensView } from "./tokens-page.tsx";

const make: Action = {
  path: "/dashboard/tokens",
  who: "admin",
  act: async (visit, form) => {
    const { name, role, destination, expires } = form;
    const told = await visit.ask(createToken, { body: { name, role, destination, expires } });
    if (told instanceof Refusal) return tokensView(visit, { form, refusal: told });
    return tokensView(visit, {
      told: (
        <Once what={`the token of ${told.name}`} text={told.token}>
          <p class="note">
            Whoever has it is {told.name}, with the role {told.role}. It signs in to this dashboard, and opens the API
            and the command line.
          </p>
        </Once>
      ),
    });
  },
};

const end: Action = {
  path: "/dashboard/tokens/end",
  who: "admin",
  act: async (visit, { name = "" }) => {
    const listed = await visit.ask(readTokens);
    if (listed instanceof Refusal) return refusedView(listed, "/dashboard/tokens");
    const found = listed.items.find((one) => one.name === name.trim());
    if (found === undefined) return tokensView(visit, { refusal: unknown(name) });
    const told = await visit.ask(endToken, { params: { id: found.id } });
    return told instanceof Refusal ? tokensView(visit, { refusal: told }) : done("/dashboard/tokens", "token_ended");
  },
};

/** What is done with tokens. */
export const tokenActions: readonly Action[] = [make, end];

function unknown(name: string): Refusal {
  return new Refusal(
    "not_found",
    `No token is called ${name}. Nothing was ended; write the name as it stands in the list.`,
  );
}
