import { RANGE, type Search } from "./conditions.ts";

/**
 * How many rows a search walks through before it answers with what it has. Each step may read further rows of its
 * event, and the last step is found by walking again: together a request examines some 20,000 rows.
 */
const MAX_EVENTS_WALKED = 7500;
const MAX_DELIVERIES_WALKED = 3000;

export const EVENT_COLUMNS = "receipt, id, source, type, subject, agent, time, key, due, results";

/** Which events a search looks at. `end`: the SQL that finds the last row walked past, where that may not be all. */
export interface Walk {
  readonly from: string;
  readonly end?: string;
}

/** Looks at listed events only. */
export const LISTED: Walk = {
  from: `(SELECT ${EVENT_COLUMNS} FROM event
    WHERE ${RANGE} AND receipt IN (SELECT value FROM json_each(?1 -> 'receipts'))) AS event`,
};

/** Walks back through the events, or through the deliveries where only some of them can be meant. */
export function walkBack(state: Search["state"]): Walk {
  switch (state) {
    case "waiting":
      return walkDeliveries("FROM delivery WHERE true");
    case "dead":
    case "expired":
      return walkDeliveries(`${GIVEN_UP} AND state = '${state}'`);
    case "delivered":
      return walkEvents(MAX_DELIVERIES_WALKED);
    default:
      return walkEvents(MAX_EVENTS_WALKED);
  }
}

function walkEvents(steps: number): Walk {
  const back = `FROM event WHERE ${RANGE} ORDER BY receipt DESC`;
  return {
    from: `(SELECT ${EVENT_COLUMNS} ${back} LIMIT ${steps}) AS event`,
    end: `SELECT receipt ${back} LIMIT 1 OFFSET ${steps - 1}`,
  };
}

/** Left alone, SQLite takes the primary key, and passes by all that was not given up. */
const GIVEN_UP = "FROM delivery INDEXED BY delivery_given_up WHERE state IN ('dead', 'expired')";

/** A receipt is judged by all its deliveries as soon as one is walked past, so a walk may end between them. */
function walkDeliveries(rows: string): Walk {
  const back = `SELECT receipt ${rows} AND ${RANGE} ORDER BY receipt DESC`;
  return {
    from: `(SELECT ${EVENT_COLUMNS} FROM event WHERE receipt IN (${back} LIMIT ${MAX_DELIVERIES_WALKED})) AS event`,
    end: `${back} LIMIT 1 OFFSET ${MAX_DELIVERIES_WALKED - 1}`,
  };
}
