import * as z from "zod";

const keyPlace = z.strictObject({
  in: z.enum(["query", "header", "body", "basic", "path"]),
  name: z.string().min(1).optional(),
  prefix: z.string().min(1).optional(),
});

/** Where the keys of a source may be: one place or a list of places. */
export const keyPlaces = z.union([keyPlace, z.array(keyPlace).min(1)]);

export type KeyPlaces = z.infer<typeof keyPlaces>;
