import * as z from "zod";
import { id, instant, part, text, url } from "./scalar.ts";

export const recording = part({ url, expiresAt: instant });
export const analysis = part({ id, summary: text, score: z.number(), scoreLabel: text });

export type Recording = z.infer<typeof recording>;
export type Analysis = z.infer<typeof analysis>;
