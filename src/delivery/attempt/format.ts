import type { Destination } from "../../config/load-relay.ts";
import type { HookEvent } from "../../events/envelope.ts";

/** The body of a delivery and the headers that describe it. */
export interface Rendered {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Wish = Pick<Destination, "format" | "raw">;

/** What events were written as: destinations that want the same of an event get the same text. */
const written = new WeakMap<HookEvent, Map<string, Rendered>>();

/** An event in the format that a destination asked for. */
export function render(event: HookEvent, { format, raw }: Wish): Rendered {
  const wish = `${format} ${raw}`;
  const forms = written.get(event) ?? new Map<string, Rendered>();
  const form = forms.get(wish) ?? write(event, { format, raw });
  written.set(event, forms.set(wish, form));
  return form;
}

function write(event: HookEvent, wish: Wish): Rendered {
  const { raw, ...data } = event.data;
  const keepsRaw = wish.raw || event.type === "vendor.unknown";
  const shown = keepsRaw ? event.data : data;
  switch (wish.format) {
    case "cloudevents":
      return {
        body: JSON.stringify({ ...event, data: shown }),
        headers: { "content-type": "application/cloudevents+json" },
      };
    case "standard":
      return {
        body: JSON.stringify({
          type: event.type,
          timestamp: event.time,
          data: shown,
          id: event.id,
          source: event.source,
          subject: event.subject,
        }),
        headers: { "content-type": "application/json", ...describe(event) },
      };
    case "raw":
      return { body: JSON.stringify(raw ?? null), headers: { "content-type": "application/json", ...describe(event) } };
  }
}

/** Receivers take 8 or 16 KB of headers in all; what is longer stands in the body alone. */
const MAX_HEADER_BYTES = 2048;

function describe({ id, source, type, subject, time }: HookEvent): Record<string, string> {
  const attributes = Object.entries({ id, source, type, subject, time }).flatMap(([name, value]) => {
    const text = value === undefined ? undefined : headerText(value);
    return text === undefined || text.length > MAX_HEADER_BYTES ? [] : [[`ce-${name}`, text]];
  });
  return Object.fromEntries(attributes);
}

/** CloudEvents HTTP binding 3.1.3.2: space, quote, percent and all beyond printable ASCII are percent-encoded. */
function headerText(text: string): string {
  return text.toWellFormed().replace(/[^!#$&-~]/gu, encodeURIComponent);
}
