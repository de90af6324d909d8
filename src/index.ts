import { app } from "./app.ts";

const worker: ExportedHandler<Env> = {
  fetch: app.fetch,
};

export default worker;
