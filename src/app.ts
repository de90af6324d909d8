import { Hono } from "hono";

/** Every route. */
export const app = new Hono<{ Bindings: Env }>();

app.get("/", (c) => c.text("hookswitch"));
