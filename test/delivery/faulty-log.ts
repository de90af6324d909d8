import { env } from "cloudflare:workers";

/** What is asked of the log: the statements, with the texts bound to them, and how many there are. */
export interface Asked {
  readonly text: string;
  readonly statements: number;
}

/**
 * The real log, but for what a test does before it is asked anything: that may fail, or never come to an end.
 * @param before rejects where the log is to fail, hangs where it is to hang
 * @param after the same where statements that were given together are written, and their answer is lost
 */
export function faultyLog(before: (asked: Asked) => unknown, after?: (asked: Asked) => unknown): D1Database {
  const texts = new WeakMap<D1PreparedStatement, string>();
  const watch = (statement: D1PreparedStatement, text: string): D1PreparedStatement => {
    const { bind, run, all, first } = statement;
    const ask = async <T>(work: () => Promise<T>) => {
      await before({ text, statements: 1 });
      return work();
    };
    texts.set(statement, text);
    return Object.assign(statement, {
      bind: (...values: unknown[]) =>
        watch(bind.apply(statement, values), [text, ...values.filter((value) => typeof value === "string")].join("\n")),
      run: () => ask(() => run.call(statement)),
      all: () => ask(() => all.call(statement)),
      first: () => ask(() => first.call(statement)),
    });
  };
  return Object.assign(Object.create(env.LOG), {
    prepare: (sql: string) => watch(env.LOG.prepare(sql), sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const text = statements.map((statement) => texts.get(statement)).join("\n");
      const asked = { text, statements: statements.length };
      await before(asked);
      const answers = await env.LOG.batch(statements);
      await after?.(asked);
      return answers;
    },
  });
}

/** A log that fails for whatever has a word in it. */
export function failingLog(...words: readonly string[]): D1Database {
  return faultyLog(({ text }) => {
    if (words.some((word) => text.includes(word))) throw new Error("D1_ERROR: Network connection lost.");
  });
}

/** A log that never answers what has a word in it. */
export function hangingLog(...words: readonly string[]): D1Database {
  return faultyLog(({ text }) =>
    words.some((word) => text.includes(word)) ? new Promise(() => undefined) : undefined,
  );
}
