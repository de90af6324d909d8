import type { Caller } from "../../api/people/role.ts";
import { acceptedAt, receiptId } from "../../events/receipt.ts";
import type { Clock } from "../page/clock.ts";
import { address, pagePath } from "../parts/address.ts";
import { Copied } from "../parts/copied.tsx";
import { Facts } from "../parts/facts.tsx";
import { Moment } from "../parts/moment.tsx";
import { Subject } from "../parts/subject.tsx";
import type { WholeEvent } from "./told.ts";

interface Props {
  readonly told: WholeEvent;
  readonly clock: Clock;
}

/** How a webhook came, and what proved it. */
export function RequestFacts({ told: { event, key, receipt, duplicates }, clock }: Props) {
  const source = sourceOf(event);
  return (
    <section class="panel">
      <h2>Request</h2>
      <Facts
        of={[
          ["Received", <Moment at={text(event.receivedtime)} clock={clock} />],
          ["Source", <a href={pagePath("sources", source)}>{source}</a>],
          [
            "Proved by",
            key === "" ? undefined : (
              <>
                the key <code>{key}</code>
              </>
            ),
          ],
          ["Sent as", text(event.vendorevent)],
          ["Receipt", <Copied id="receipt" text={receipt} what="the receipt" />],
          [
            "Trace",
            text(event.traceparent) === undefined ? undefined : <code class="wrap">{text(event.traceparent)}</code>,
          ],
          [
            "Repeated by",
            duplicates.length === 0 ? undefined : (
              <ul class="plain">
                {duplicates.map((one) => (
                  <li>
                    <code class="wrap">{one}</code> <Moment at={momentOf(one)} clock={clock} />
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </section>
  );
}

/** What was made of it. */
export function EventFacts({
  told: { event, warnings, corrections },
  clock,
  caller,
}: Props & { readonly caller: Caller }) {
  const source = sourceOf(event);
  const corrects = text(event.corrects);
  return (
    <section class="panel">
      <h2>Event</h2>
      <Facts
        of={[
          ["Type", <a href={address("/dashboard/events", { source, type: event.type })}>{event.type}</a>],
          ["About", <Subject subject={text(event.subject)} source={source} caller={caller} />],
          [
            "Happened",
            <>
              <Moment at={text(event.time)} clock={clock} />{" "}
              <span class="note">{timeWords[text(event.timesource) ?? ""]}</span>
            </>,
          ],
          ["Id", <Copied id="event-id" text={event.id} what="the id" />],
          ["Warnings", warnings.length === 0 ? undefined : warnings.map((one) => one.replaceAll("_", " ")).join(", ")],
          ["Corrects", corrects === undefined ? undefined : <a href={pagePath("events", corrects)}>{corrects}</a>],
          [
            "Corrected by",
            corrections.length === 0 ? undefined : (
              <ul class="plain">
                {corrections.map((one) => (
                  <li>
                    <a href={pagePath("events", one)}>{one}</a>
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </section>
  );
}

const timeWords: Readonly<Record<string, string>> = {
  vendor: "as the vendor says",
  derived: "as follows from what the vendor says",
  received: "when it came: the vendor says no time",
};

/** The id of the source of an event. */
export function sourceOf(event: WholeEvent["event"]): string {
  return (text(event.source) ?? "").replace("/sources/", "");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function momentOf(receipt: string): string | undefined {
  const read = receiptId.safeParse(receipt);
  return read.success ? new Date(acceptedAt(read.data)).toISOString() : undefined;
}
