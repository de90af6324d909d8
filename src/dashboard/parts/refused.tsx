import type { Refusal } from "../../api/operation.ts";
import { httpStatusOf } from "../../problem.ts";
import type { View } from "../page/page.ts";

/** A page that says why something was not done, in the API's own sentence. */
export function refusedView({ code, detail }: Refusal, back?: string): View {
  const status = httpStatusOf(code);
  return {
    title: titles[code] ?? "Not done",
    status: shown.find((one) => one === status) ?? 422,
    body: (
      <>
        <h1>{titles[code] ?? "Not done"}</h1>
        <p class="lead">{detail}</p>
        {back === undefined ? null : (
          <p>
            <a href={back}>Back</a>
          </p>
        )}
      </>
    ),
  };
}

const shown = [403, 404, 405, 409, 412, 503] as const;

const titles: Readonly<Record<string, string>> = {
  forbidden: "Not for your role",
  not_found: "Nothing here",
  log_unreadable: "The log cannot be read",
  not_ready: "Not ready",
  precondition_failed: "Somebody else was quicker",
};
