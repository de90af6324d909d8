/** The cookie in which the browser says its zone: it decides how times are written, and nothing else. */
export const ZONE_COOKIE = "hookswitch-zone";
