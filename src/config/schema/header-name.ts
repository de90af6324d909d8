import * as z from "zod";

/** The name of a header (RFC 9110, 5.1). */
export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "not a header name");
