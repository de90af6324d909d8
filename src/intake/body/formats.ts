import type { Warning } from "../../events/draft.ts";
import type { Json } from "../../events/json.ts";
import type { Decoding } from "./decodings.ts";
import type { FormBody } from "./form-body.ts";
import type { Payload } from "./payload.ts";

/** A body that was understood. */
export interface Read {
  readonly state: "read";
  readonly body: Json;
  readonly warnings: readonly Warning[];
  /** Parameters and files of a form that were left out. */
  readonly dropped: number;
  /** The JSON text that the body was read from, if it was JSON: it alone shows what stands in an object twice. */
  readonly text?: string | undefined;
}

/** An empty body. */
export const nothing: Read = { state: "read", body: null, warnings: [], dropped: 0 };

/** JSON as a body. */
export function fromJson(body: Json, { text, warnings }: Pick<Decoding, "text" | "warnings">): Read {
  return { state: "read", body, warnings, dropped: 0, text };
}

/** A form as a body, or the object that it carries, with the warnings that some of it was left out or replaced. */
export function fromForm(form: FormBody, payload: Payload | undefined): Read {
  const dropped = form.dropped + form.files;
  const warnings: Warning[] = [
    ...(form.damaged ? (["invalid_text_encoding"] as const) : []),
    ...(dropped > 0 ? (["parameters_dropped"] as const) : []),
  ];
  return { state: "read", body: payload?.body ?? form.body, warnings, dropped, text: payload?.text };
}
