import type * as z from "zod";
import { figure, instant, openId, part, personText, url, word } from "./scalar.ts";

export const recording = part({ url, expiresAt: instant });
export const analysis = part({ id: openId, summary: personText, score: figure(), scoreLabel: word });

export type Recording = z.infer<typeof recording>;
export type Analysis = z.infer<typeof analysis>;
