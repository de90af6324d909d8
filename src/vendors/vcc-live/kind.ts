import type * as z from "zod";
import type { BareDraft } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import type { SourceSettings } from "../source-settings.ts";
import type { Webhook } from "../vendor.ts";
import type { Window } from "../windows.ts";

/** One kind of webhook: what its bodies look like and what event they make. */
export interface Kind {
  /** The fields of its body, documented and guessed. */
  readonly schema: z.ZodObject;
  /** Whether a body shows by its shape that it is of this kind; absent where no shape is known. */
  readonly tells?: (body: JsonObject) => boolean;
  /** Whether a body has anything that this kind can be read from; by default any field of the schema. */
  readonly fits?: (body: JsonObject) => boolean;
  /** How long the same body is the same event; members by their names in the schema. */
  readonly window: Window;
  readonly draft: (body: JsonObject, webhook: Webhook, source: SourceSettings) => BareDraft;
}
