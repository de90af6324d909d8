import { createServer } from "node:http";
import { env } from "node:process";

/** Most systems give higher ports to whoever asks for any: nobody is given one of these in the meantime. */
const FIRST = 12_000;
/** Each of the processes that run tests at the same time has its own. */
const OF_EACH = 400;
const own = FIRST + (Number(env.VITEST_POOL_ID ?? 0) % 50) * OF_EACH;
/** Where a run begins among them. */
let next = Math.floor(Math.random() * OF_EACH);

/** A port that nothing listens on. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < OF_EACH; tries += 1) {
    const port = own + (next++ % OF_EACH);
    if (await isFree(port)) return port;
  }
  throw new Error(`all ports from ${own} on are taken`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
