import { id } from "../values/fields.ts";

/** An id of VCC Live; `0` and `-1` stand for none. */
export const someId = id("0", "-1");
