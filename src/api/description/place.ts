/** Where an operation stands: `GET /api/events/:id`. */
export interface Place {
  readonly method: string;
  readonly path: string;
  /** What it is about: `events`. */
  readonly resource: string;
}

/** Reads a route of the table of routes. */
export function placeOf(route: string): Place {
  const [method = "", path = ""] = route.split(" ");
  const [, , resource = ""] = path.split("/");
  return { method, path, resource };
}
