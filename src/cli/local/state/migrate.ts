import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { unstable_readConfig, unstable_splitSqlQuery } from "wrangler";
import * as z from "zod";
import { inProject } from "../project-path.ts";

const applied = z.array(z.object({ name: z.string() }));

// The table that `wrangler d1 migrations apply` makes, so that both agree on what was applied.
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** Applies what is new in the migration folders of wrangler.toml to the local databases. */
export async function migrate(store: Miniflare): Promise<void> {
  const { d1_databases } = unstable_readConfig({ config: inProject("wrangler.toml") });
  for (const { binding, migrations_dir } of d1_databases) {
    if (migrations_dir !== undefined) await migrateDatabase(store, binding, inProject(migrations_dir));
  }
}

async function migrateDatabase(store: Miniflare, binding: string, folder: string): Promise<void> {
  const database = await store.getD1Database(binding);
  await database.prepare(MIGRATIONS_TABLE).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all();
  const done = new Set(applied.parse(results).map(({ name }) => name));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql") && !done.has(name)).sort();
  for (const name of files) {
    const statements = unstable_splitSqlQuery(await readFile(join(folder, name), "utf8"));
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name),
    ]);
  }
}
