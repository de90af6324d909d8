import { Hono } from "hono";
import worker from "../../src/index.ts";
import { foldMarks } from "../../src/log/marks/fold.ts";
import { addressesIn } from "../../test/many/addresses.ts";
import { keepBeside } from "../../test/many/beside.ts";
import { aCall, aLogin, type EventRow, keepAlike, keepCalls } from "../../test/many/events.ts";
import { type Meter, measure } from "../../test/many/meter.ts";
import { partOf } from "./part-of.ts";

export { Gate, Incidents } from "../../src/index.ts";

/** Of so many events one is a login. */
const A_LOGIN_IN = 10;
const ALIKE = 500;
const FOLDS = 60;

/** What the last page asked of the bindings. */
let meter: Meter | undefined;
let turn = 0;
/** What is written again and again under ids and receipts of its own. */
let alike: readonly EventRow[] | undefined;

const bench = new Hono<{ Bindings: Env }>()
  .post("/fill/:from/:count/:of", async (c) => {
    const part = partOf(c.req.param());
    await keepCalls(c.env, part);
    return c.json({ filled: part.count });
  })
  .post("/flood/:from/:count/:of", async (c) => {
    const part = partOf(c.req.param());
    alike ??= await Promise.all(
      Array.from({ length: ALIKE }, (_, n) =>
        n % A_LOGIN_IN === 0 ? aLogin(n / A_LOGIN_IN, part.start, c.env) : aCall(n, part.start, c.env),
      ),
    );
    await keepAlike(c.env, part, alike);
    turn += 1;
    await foldMarks(c.env.LOG, Date.now(), turn);
    return c.json({ flooded: part.count });
  })
  .post("/beside/:of", async (c) => {
    for (let fold = 0; fold < FOLDS; fold++) await foldMarks(c.env.LOG, Date.now(), ++turn);
    await keepBeside(c.env, Number(c.req.param("of")), Date.now());
    return c.json(await addressesIn(c.env.LOG));
  })
  .get("/nothing", (c) => c.text("nothing"))
  .get("/meter", (c) => c.json(meter))
  .get("/dashboard/*", (c) => {
    const measured = measure(c.env);
    meter = measured.meter;
    return worker.fetch(c.req.raw, measured.env, c.executionCtx);
  })
  .all("*", (c) => worker.fetch(c.req.raw, c.env, c.executionCtx));

export default { ...worker, fetch: bench.fetch } satisfies ExportedHandler<Env>;
