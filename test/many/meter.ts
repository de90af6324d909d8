/** What a page asked of the bindings. */
export interface Meter {
  /** Statements of the log, and the rows that they read. */
  statements: number;
  rows: number;
  /** Requests to the log: a batch is one. */
  trips: number;
  kv: number;
  /** Requests to Durable Objects. */
  objects: number;
  /** Requests to queues: how many messages wait. */
  queues: number;
  /** The statements themselves, with the rows that each read. */
  readonly asked: { readonly sql: string; readonly rows: number }[];
}

/** The bindings, with a meter on what is asked of them. */
export function measure(env: Env): { readonly env: Env; readonly meter: Meter } {
  const meter: Meter = { statements: 0, rows: 0, trips: 0, kv: 0, objects: 0, queues: 0, asked: [] };
  const count = (what: "kv" | "objects" | "queues") => () => {
    meter[what] += 1;
  };
  return {
    meter,
    env: {
      ...env,
      LOG: measureLog(env.LOG, meter),
      CONFIG: counted(env.CONFIG, count("kv")),
      PERMISSIONS: counted(env.PERMISSIONS, count("kv")),
      GATE: measureObjects(env.GATE, count("objects")),
      INCIDENTS: measureObjects(env.INCIDENTS, count("objects")),
      EVENTS: counted(env.EVENTS, count("queues")),
      RETRIES: counted(env.RETRIES, count("queues")),
      DEAD: counted(env.DEAD, count("queues")),
    },
  };
}

function measureLog(log: D1Database, meter: Meter): D1Database {
  const note = <T extends D1Result>(sql: string, result: T): T => {
    meter.statements += 1;
    meter.rows += result.meta.rows_read;
    meter.asked.push({ sql, rows: result.meta.rows_read });
    return result;
  };
  const texts = new WeakMap<D1PreparedStatement, string>();
  const watch = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const { bind, run, all } = statement;
    const ask = async <T>(asking: Promise<D1Result<T>>) => {
      meter.trips += 1;
      return note(sql, await asking);
    };
    const watched = Object.assign(statement, {
      bind: (...values: unknown[]) => watch(bind.apply(statement, values), sql),
      run: () => ask(run.call(statement)),
      all: () => ask(all.call(statement)),
      // What `first` reads it does not tell.
      first: async (column?: string) => {
        const [row] = (await ask(all.call(statement))).results;
        return column === undefined ? (row ?? null) : Reflect.get(Object(row), column);
      },
    });
    texts.set(watched, sql);
    return watched;
  };
  return Object.assign(Object.create(log), {
    prepare: (sql: string) => watch(log.prepare(sql), sql),
    batch: async (statements: D1PreparedStatement[]) => {
      meter.trips += 1;
      const results = await log.batch(statements);
      return results.map((result, n) => note(texts.get(statements[n] ?? log.prepare("")) ?? "", result));
    },
  });
}

/** Counts the calls of a binding's methods. */
function counted<T extends object>(binding: T, count: () => void): T {
  return new Proxy(binding, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]) => {
        count();
        // A member of a stub is one, too: `member.apply` would be a call to the object.
        return Reflect.apply(member, target, parameters);
      };
    },
  });
}

function measureObjects<T extends Env["GATE"] | Env["INCIDENTS"]>(objects: T, count: () => void): T {
  return Object.assign(Object.create(objects), {
    getByName: (name: string) => counted(objects.getByName(name), count),
  });
}
