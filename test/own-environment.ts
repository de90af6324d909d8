import { afterAll } from "vitest";

/** Files share their process: what one changes of its environment, a relay that it runs included, ends with it. */
const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
  Object.assign(process.env, before);
});
