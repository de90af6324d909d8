import { isAbsoluteUrl } from "../platform/absolute-url.ts";
import type { Lookup } from "../platform/lookup.ts";
import { accessSettings } from "./access-settings.ts";

/** What is not as it should be among the Worker's own secrets and variables, though it works all the same. */
export type SettingWarning =
  | "public_url_invalid"
  | "admin_token_missing"
  | "admin_token_short"
  | "relay_key_missing"
  | "access_incomplete";

const MIN_TOKEN_CHARACTERS = 16;
/** What `npm start` uses on the developer's own machine; everybody knows it. */
const DEMO_TOKEN = "dev-admin-token";

/** The warnings about the Worker's own settings, by words. */
export function settingWarnings(lookup: Lookup): SettingWarning[] {
  const [url, token] = [lookup("PUBLIC_URL"), lookup("ADMIN_TOKEN")];
  return [
    ...(url === undefined || isAbsoluteUrl(url) ? [] : ["public_url_invalid" as const]),
    ...(token === undefined ? ["admin_token_missing" as const] : []),
    ...(token === undefined || isLong(token, lookup) ? [] : ["admin_token_short" as const]),
    ...(lookup("RELAY_KEY") === undefined ? ["relay_key_missing" as const] : []),
    ...(meansAccess(lookup) && accessSettings(lookup) === undefined ? ["access_incomplete" as const] : []),
  ];
}

function isLong(token: string, lookup: Lookup): boolean {
  const demo = token === DEMO_TOKEN && lookup("ALLOW_PRIVATE_DESTINATIONS") === "true";
  return demo || token.length >= MIN_TOKEN_CHARACTERS;
}

function meansAccess(lookup: Lookup): boolean {
  return lookup("ACCESS_TEAM") !== undefined || lookup("ACCESS_AUD") !== undefined;
}
