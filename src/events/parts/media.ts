import type * as z from "zod";
import { figure, id, instant, part, text, url } from "./scalar.ts";

export const recording = part({ url, expiresAt: instant });
export const analysis = part({ id, summary: text, score: figure(), scoreLabel: text });

export type Recording = z.infer<typeof recording>;
export type Analysis = z.infer<typeof analysis>;
