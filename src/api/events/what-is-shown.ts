import * as z from "zod";
import { envelope } from "../../events/envelope.ts";
import { parts } from "../../events/parts/index.ts";
import { openText, personal } from "../../platform/shown.ts";

/** Any event with all parts that there are: what of it is shown goes by this, whatever its type. */
export const whatIsShown = envelope.extend({
  data: z.object({ ...parts, warnings: z.array(openText), raw: personal }),
});
