import type { KindDraft } from "../events/draft.ts";
import type { JsonObject } from "../events/json.ts";
import { type Expected, hasExpectedField } from "./expected.ts";
import type { SourceSettings } from "./source-settings.ts";
import type { Webhook } from "./vendor.ts";
import { type Members, USUAL_WINDOW_MS, type Window, windowOf } from "./windows.ts";

/** One webhook on its way to an event: its kind is known, its fields are not read yet. */
export interface Reading {
  readonly webhook: Webhook;
  readonly source: SourceSettings;
  /** The body, or what of it counts. */
  readonly body: JsonObject;
  /** The kind's name. */
  readonly kind: string;
}

/** One kind of webhook: what its bodies look like and what event they make. @typeParam From what it is read from */
export interface Kind<From = Reading> extends Expected {
  /** Whether a body shows by its shape that it is of this kind; absent where no shape is known. */
  readonly tells?: (body: JsonObject) => boolean;
  /** Whether a webhook has anything that this kind can be read from; by default any field of the schema. */
  readonly fits?: (reading: Reading) => boolean;
  /** How long the same body is the same event; members by their names in the schema. */
  readonly window: Window;
  readonly draft: (from: From) => KindDraft;
}

/** What was read of a webhook, and how long the same body is the same event; milliseconds. */
export interface ReadKind {
  readonly draft: KindDraft;
  readonly windowMs: number;
}

/** Reads bodies whose fields stand at the top. @param membersOf tells which of a window's members a body has */
export function readFlat(membersOf: (body: JsonObject, kind: Kind) => Members) {
  return (kind: Kind, reading: Reading): ReadKind | undefined => {
    const fits = kind.fits?.(reading) ?? hasExpectedField(reading.body, kind);
    if (!fits) return undefined;
    const draft = kind.draft(reading);
    const isUnknown = draft.type === "vendor.unknown";
    return { draft, windowMs: isUnknown ? USUAL_WINDOW_MS : windowOf(kind.window, membersOf(reading.body, kind)) };
  };
}
