import * as z from "zod";

const granted = z.record(z.string(), z.boolean());
const version = z.object({ version: z.number(), hash: z.string(), who: z.string(), since: z.string() });

/** The relay's explanation of a login, as far as it is printed. */
export const explanation = z.object({
  text: z.string(),
  zone: z.string(),
  at: z.string(),
  question: z.object({
    projects: z.array(z.string()),
    userId: z.string().optional(),
    username: z.string().optional(),
    groupId: z.string().optional(),
  }),
  granted: z.boolean(),
  projects: z.array(
    z.object({
      project: z.string(),
      granted: z.boolean(),
      text: z.string(),
      considered: z.array(z.object({ owner: z.string(), position: z.number(), reason: z.string(), text: z.string() })),
    }),
  ),
  map: version.optional(),
  noMap: z.string().optional(),
  newer: version.optional(),
  asked: z
    .object({
      receipt: z.string(),
      at: z.string(),
      projects: granted.default({}),
      mode: z.string().optional(),
      answered: granted.default({}),
    })
    .optional(),
  attempts: z
    .array(
      z.object({
        at: z.string(),
        projects: granted,
        granted: z.boolean(),
        receipt: z.string(),
        explained: z.boolean().optional(),
        outside: z.boolean().optional(),
      }),
    )
    .default([]),
  refused: z
    .array(z.object({ reason: z.string(), count: z.number(), first: z.string(), last: z.string() }))
    .default([]),
  near: z.array(z.string()).default([]),
});

export type Explanation = z.infer<typeof explanation>;
