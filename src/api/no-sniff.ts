import type { MiddlewareHandler } from "hono";

/** What has a browser take an answer for what it says that it is. */
export const NO_SNIFF = { "x-content-type-options": "nosniff" };

/** Puts that on every answer, refusals too. Not for `/in/`, where no browser asks and each step costs. */
export const noSniff: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(NO_SNIFF)) c.header(name, value);
};
