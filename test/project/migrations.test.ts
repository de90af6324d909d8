import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const folder = "src/log/migrations";

// The code of before goes on until the new one is there, and comes back with a rollback.
it.each(readdirSync(folder))("%s only adds", (name) => {
  const sql = readFileSync(`${folder}/${name}`, "utf8").replaceAll(/--.*$/gm, "");
  expect(sql.match(/\b(?:DROP|RENAME|DELETE|UPDATE)\b(?!\s+(?:CASCADE|SET))/gi) ?? []).toEqual([]);
});
