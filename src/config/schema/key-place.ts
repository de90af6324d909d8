import * as z from "zod";

const keyPlace = z
  .strictObject({
    in: z.enum(["query", "header", "body", "basic", "path"]).describe("which part of the request"),
    name: z.string().min(1).optional().describe("of the parameter, header or member; of basic, the header"),
    prefix: z.string().min(1).optional().describe("the word that stands before the key in its header"),
  })
  .meta({ title: "KeyPlace", description: "Where a key may be." });

/** Where the keys of a source may be: one place or a list of places. */
export const keyPlaces = z.union([keyPlace, z.array(keyPlace).min(1)]);

export type KeyPlaces = z.infer<typeof keyPlaces>;
