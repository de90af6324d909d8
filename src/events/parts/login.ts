import * as z from "zod";
import { openText, userName } from "../../platform/shown.ts";
import { part, word } from "./scalar.ts";

/** One answer of the login guard. */
export const login = part({
  granted: z.boolean().describe("Whether the agent may work on every project that was asked about."),
  projects: z.record(openText, z.boolean()).describe("By project id: may the agent work there."),
  rules: z
    .record(openText, userName)
    .describe("By project id, what decided: groups.3 allow, users.41 deny, none, unreadable."),
  unreadable: z
    .array(word)
    .describe("What of the question was there and could not be read, by name: then nothing is granted."),
  mapVersion: word.describe("Hash of the permission document in force."),
  mapAgeSeconds: z.number().nonnegative().describe("How old the copy of the document was; seconds."),
  ms: z.number().nonnegative().describe("Milliseconds from the request to the decision."),
  mode: z.literal("shadow").describe("The guard only watched: the vendor was answered otherwise."),
  answered: z.record(openText, z.boolean()).describe("In the shadow, by project id: what the vendor was answered."),
}).meta({ title: "Login", description: "One answer of the login guard." });

export type Login = z.infer<typeof login>;
