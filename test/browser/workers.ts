/** What the runtime has and Node has not: enough to read the table of pages, which does nothing. */
export class DurableObject {}
export class WorkerEntrypoint {}
export const env = {};
export const exports = {};
