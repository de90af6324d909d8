import { withTimeLimit } from "../time-limit.ts";

/** The log is waited for no longer; milliseconds. */
export const LOG_LIMIT_MS = 2000;

/** The log did not answer in time; it may do what it was asked for all the same. */
export class LogHangsError extends Error {
  override readonly name = "LogHangsError";
}

/**
 * The log for one invocation: whoever asks it waits a bounded time, and once it has kept somebody waiting for all of
 * that, it is not asked again. What came too late may still be done, so everything that is written bears to be repeated.
 * @param count told of each statement that the log is asked
 */
export function logInTime(log: D1Database, count: (statements: number) => void = () => undefined): D1Database {
  let hangs = false;
  const inTime = async <T>(ask: () => Promise<T>, statements = 1): Promise<T> => {
    if (hangs) throw new LogHangsError();
    count(statements);
    const asked = ask();
    const limited = await withTimeLimit(asked, LOG_LIMIT_MS);
    if (limited.ok || limited.reason === "failed") return asked;
    hangs = true;
    throw new LogHangsError();
  };
  const bare = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const bound = (statement: D1PreparedStatement): D1PreparedStatement => {
    const overridden = {
      bind: (...values: unknown[]) => bound(statement.bind(...values)),
      run: () => inTime(() => statement.run()),
      all: () => inTime(() => statement.all()),
      first: () => inTime(() => statement.first()),
    };
    const outside = override(statement, overridden);
    bare.set(outside, statement);
    return outside;
  };
  return override(log, {
    prepare: (sql: string) => bound(log.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) =>
      inTime(() => log.batch(statements.map((statement) => bare.get(statement) ?? statement)), statements.length),
  });
}

/** The object itself but for some of its methods. */
function override<T extends object>(real: T, methods: Readonly<Record<string, unknown>>): T {
  return new Proxy(real, {
    get: (target, name) => {
      if (typeof name === "string" && Object.hasOwn(methods, name)) return methods[name];
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
