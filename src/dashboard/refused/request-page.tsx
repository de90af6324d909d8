import { Refusal } from "../../api/operation.ts";
import { readRejection } from "../../api/rejections/read.ts";
import { isAdmitted } from "../page/admitted.ts";
import type { Page } from "../page/page.ts";
import { address, pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Copied } from "../parts/copied.tsx";
import { Facts } from "../parts/facts.tsx";
import { InCode } from "../parts/in-code.tsx";
import { Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";

/** One refused request: what is kept of it, and what to do. */
export const refusedRequestPage: Page = {
  path: "/dashboard/refused/:request",
  who: "viewer",
  show: async ({ ask, params, clock, url, caller }) => {
    const told = await ask(readRejection, { params: { id: params.request } });
    if (told instanceof Refusal) return refusedView(told, "/dashboard/refused");
    const { request, at, source, kind, reason, status, bytes, agent, address: network, came, sentence, next } = told;
    return {
      title: "A refused request",
      body: (
        <>
          <h1>
            <InCode text={sentence} />
          </h1>
          <p class="lead">
            <InCode text={next} />
          </p>
          <section class="panel">
            <Facts
              of={[
                ["When", <Moment at={at} clock={clock} />],
                ["Source", reason === "unknown_source" ? source : <a href={pagePath("sources", source)}>{source}</a>],
                ["Kind", kind],
                ["Reason", <a href={address("/dashboard/refused", { source, reason })}>{reason}</a>],
                ["Answered", status],
                ["Length", bytes === undefined ? undefined : `${bytes} bytes`],
                ["Something stood in", came?.join(", ")],
                ["From", network],
                ["User agent", agent],
                ["Request", <Copied id="request" text={request} what="the id of the request" />],
              ]}
            />
          </section>
          <p class="note">Its body is not kept, and neither is the key that it brought.</p>
          {isAdmitted(caller, "operator") ? (
            <p>
              <a class="button quiet" href="/dashboard/refused/try">
                Try it with the request itself
              </a>
            </p>
          ) : null}
          <Commands
            id="request-as"
            origin={url.origin}
            method="GET"
            path={`/api/rejections/${encodeURIComponent(request)}`}
            command={["show", request]}
          />
        </>
      ),
    };
  },
};
