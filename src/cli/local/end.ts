const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const LOOK = 500;

/**
 * Ends this process on a signal, and soon after the npm that started it is gone. What runs below it (the runtime, a
 * build) is ended by handlers of `exit`, so nothing may be awaited here. Call it before anything is started.
 * @param code the exit code, when being stopped is (0) or is not (130) the regular end
 */
export function endWhenTold(code: number): void {
  for (const signal of SIGNALS) process.on(signal, () => process.exit(code));
  if (process.env.npm_command === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.exit(code);
  }, LOOK);
  watch.unref();
}
