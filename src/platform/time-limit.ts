/** What came of a promise that was given a time limit. */
export type Limited<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: "timeout" | "failed" };

/** Waits at most `milliseconds`; never rejects. The promise itself goes on. */
export function withTimeLimit<T>(promise: Promise<T>, milliseconds: number): Promise<Limited<T>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, reason: "timeout" }), milliseconds);
    const end = (limited: Limited<T>) => {
      clearTimeout(timer);
      resolve(limited);
    };
    promise.then(
      (value) => end({ ok: true, value }),
      () => end({ ok: false, reason: "failed" }),
    );
  });
}
