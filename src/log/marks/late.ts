import { toBulks } from "../../platform/d1/bulk.ts";

/** An event and its marks in hex. */
interface Marked {
  readonly receipt: string;
  readonly marks?: string | undefined;
}

/**
 * The statements, if any are needed, that keep the marks of events which blocks have passed already: what waits longer in
 * a queue than those after it is found all the same.
 */
export function insertLateMarks(log: D1Database, events: readonly Marked[], condition = "true"): D1PreparedStatement[] {
  const rows = events.flatMap(({ receipt, marks = "" }) => (marks === "" ? [] : [{ receipt, marks }]));
  return toBulks(rows).map((bulk) =>
    log
      .prepare(
        `INSERT INTO late_mark (receipt, marks) SELECT value ->> 'receipt', unhex(value ->> 'marks') FROM json_each(?1)
         WHERE value ->> 'receipt' <= (SELECT max(last) FROM mark_block) AND ${condition}
         ON CONFLICT DO NOTHING`,
      )
      .bind(bulk),
  );
}
