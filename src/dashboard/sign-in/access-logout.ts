import { accessSettings } from "../../config/access-settings.ts";
import { lookupIn } from "../../platform/lookup.ts";

/**
 * Where Cloudflare Access ends its session: on the relay's own host, where its cookie is, and not on the team's, so that the
 * browser loses it at once. Access answers there before the Worker is asked.
 */
export const ACCESS_LOGOUT = "/cdn-cgi/access/logout";

/** Whether Access holds a session of whoever asks, which this relay takes: the next page would be shown by it all the same. */
export function isHeldByAccess({ headers }: Pick<Request, "headers">, env: Env): boolean {
  return headers.has("cf-access-jwt-assertion") && accessSettings(lookupIn(env)) !== undefined;
}
