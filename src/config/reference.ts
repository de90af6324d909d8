/** Looks up a Worker secret or variable by name. */
export type Lookup = (name: string) => string | undefined;

/** The secrets and variables of this Worker, as strings; bindings are none. */
export function lookupIn(env: object): Lookup {
  return (name) => {
    const value: unknown = Object.hasOwn(env, name) ? Reflect.get(env, name) : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
}

/** `env:NAME` stands for a Worker secret; any other text is itself. Undefined when it resolves to nothing. */
export function resolveReference(reference: string, lookup: Lookup): string | undefined {
  const value = reference.startsWith("env:") ? lookup(reference.slice("env:".length)) : reference;
  return value === "" ? undefined : value;
}

/** How a reference is called in logs and warnings: its name, never its value. */
export function nameReference(reference: string, position: number): string {
  return reference.startsWith("env:") ? reference : `#${position}`;
}
