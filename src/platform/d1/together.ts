interface Question {
  readonly statements: readonly D1PreparedStatement[];
  readonly answer: (results: D1Result[]) => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * The log, asked by one request for all that is asked of it at once: many that only read, and are called side by side, then
 * cost one journey and not one each. Where one of them fails, all do. For reading alone: what is written in one batch is one
 * transaction.
 */
export function together(log: D1Database): D1Database {
  let waiting: Question[] = [];
  const send = async () => {
    const questions = waiting;
    waiting = [];
    try {
      const results = await log.batch(questions.flatMap(({ statements }) => statements));
      for (const { statements, answer } of questions) answer(results.splice(0, statements.length));
    } catch (error) {
      for (const { fail } of questions) fail(error);
    }
  };
  const ask = (statements: readonly D1PreparedStatement[]) =>
    new Promise<D1Result[]>((answer, fail) => {
      if (waiting.length === 0) queueMicrotask(() => void send());
      waiting.push({ statements, answer, fail });
    });
  const join = (statement: D1PreparedStatement): D1PreparedStatement => {
    const { bind } = statement;
    const all = async () => (await ask([statement]))[0];
    return Object.assign(statement, {
      bind: (...values: unknown[]) => join(bind.apply(statement, values)),
      all,
      first: async (column?: string) => {
        const [found = null] = (await all())?.results ?? [];
        return column === undefined || found === null ? found : Object(found)[column];
      },
    });
  };
  return Object.assign(Object.create(log), { prepare: (sql: string) => join(log.prepare(sql)), batch: ask });
}
