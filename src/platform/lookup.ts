/** Looks up a Worker secret or variable by name. */
export type Lookup = (name: string) => string | undefined;

/** The secrets and variables of this Worker, as strings without the blanks and line breaks round them; bindings are none. */
export function lookupIn(env: object): Lookup {
  return (name) => {
    const value: unknown = Object.hasOwn(env, name) ? Reflect.get(env, name) : undefined;
    const text = typeof value === "string" ? value.trim() : "";
    return text === "" ? undefined : text;
  };
}
