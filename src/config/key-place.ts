import * as z from "zod";

const keyPlace = z
  .strictObject({
    in: z.enum(["query", "header", "body", "basic", "path"]),
    name: z.string().min(1).optional(),
    prefix: z.string().min(1).optional(),
  })
  .refine((place) => place.in !== "body" || place.name !== "headers", {
    path: ["name"],
    error: "the member headers of a body never counts as proof: name another one",
  });

/** Where the keys of a source may be: one place or a list of places. */
export const keyPlaces = z.union([keyPlace, z.array(keyPlace).min(1)]);

/** Why a key can match nothing that these places hold, in words; undefined when it can. What a reference stands for nobody knows here. */
export function explainKey(key: string, places: z.infer<typeof keyPlaces>): string | undefined {
  const onlyBasic = [places].flat().every((place) => place.in === "basic");
  return onlyBasic && !key.includes(":") ? "a key for basic is written user:password" : undefined;
}
