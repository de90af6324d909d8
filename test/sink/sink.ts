import { inject, vi } from "vitest";
import * as z from "zod";

const requests = z.array(
  z.object({ headers: z.record(z.string(), z.string()), body: z.string(), answered: z.number().optional() }),
);
export type Received = z.infer<typeof requests>[number];

let names = 0;

/** One receiver at the sink, under a name of its own. */
export function openSink() {
  const name = `sink-${++names}-${crypto.randomUUID()}`;
  const base = inject("sink");
  const received = async (): Promise<Received[]> => requests.parse(await (await fetch(`${base}/of/${name}`)).json());
  return {
    url: `${base}/to/${name}`,
    received,
    /** How it answers from now on. */
    behave: async (behaviour: {
      status?: number;
      delay?: number;
      headers?: Record<string, string>;
      body?: string;
      size?: number;
      coding?: "gzip" | "deflate";
      fault?: "reset" | "cut" | "hang" | "garbage" | "drip";
    }) => {
      await (await fetch(`${base}/as/${name}`, { method: "PUT", body: JSON.stringify(behaviour) })).text();
    },
    /** Waits until it got `count` deliveries; returns all it has. */
    waitFor: (count: number, timeout = 60_000) =>
      vi.waitUntil(
        async () => {
          const got = await received();
          return got.length >= count ? got : false;
        },
        { timeout, interval: 50 },
      ),
  };
}
