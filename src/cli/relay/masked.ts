import { paint } from "../terminal.ts";

/** How to see what the relay has hidden; below what was printed. @param id of the event that is meant */
export function tellHowToReveal(id = "<id>"): string {
  return paint(
    "dim",
    `  *** hides what is of a person; who may reveal it: npx hookswitch show ${id} --reveal --reason "…"`,
  );
}
