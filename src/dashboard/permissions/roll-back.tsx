import { pagePath } from "../parts/address.ts";

/** Puts a version in force again. */
export function RollBack({ source, version }: { readonly source: string; readonly version: number }) {
  return (
    <form method="post" action={pagePath("permissions", source, "rollback")}>
      <input type="hidden" name="version" value={String(version)} />
      <button type="submit" class="quiet" aria-label={`Roll back to version ${version}`}>
        Roll back
      </button>
    </form>
  );
}
