/** What came of a promise that was given a time limit. */
export type Limited<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: "timeout" | "failed" };

/** Waits at most `milliseconds`; never rejects. The promise itself goes on. */
export async function withTimeLimit<T>(promise: Promise<T>, milliseconds: number): Promise<Limited<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Limited<T>>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: "timeout" }), milliseconds);
  });
  const done = promise.then(
    (value): Limited<T> => ({ ok: true, value }),
    (): Limited<T> => ({ ok: false, reason: "failed" }),
  );
  const limited = await Promise.race([done, late]);
  if (timer !== undefined) clearTimeout(timer);
  return limited;
}
