import { text } from "../../events/values/fields.ts";

/** A time as text, of the instance's own zone. Zero is none, also MySQL's zero date. */
export const moment = text.transform((written) => (/^0+(-00-00.*)?$/.test(written ?? "") ? undefined : written));
