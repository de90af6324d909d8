import type * as z from "zod";
import type { Draft } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import type { SourceSettings, Webhook } from "../vendor.ts";

/** One kind of webhook: what its bodies look like and what event they make. */
export interface Kind {
  /** The fields of its body, documented and guessed. */
  readonly schema: z.ZodObject;
  /** Whether a body shows by its shape that it is of this kind; absent where no shape is known. */
  readonly tells?: (body: JsonObject) => boolean;
  /** Whether a body has anything that this kind can be read from; by default any field of the schema. */
  readonly fits?: (body: JsonObject) => boolean;
  readonly draft: (body: JsonObject, webhook: Webhook, source: SourceSettings) => Draft;
}
