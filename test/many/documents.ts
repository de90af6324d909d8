import { AGENTS } from "./agents.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";

/** Destinations that get every event. */
export const DESTINATIONS = ["crm", "bi", "wallboard"] as const;

/** The configuration of a relay with many events. */
export const config = {
  sources: {
    voiso: { vendor: "voiso", keys: ["voiso-key"], region: "HU" },
    vcc: { vendor: "vcc-live", keys: ["vcc-key"], timezone: "Europe/Budapest" },
  },
  destinations: Object.fromEntries(
    DESTINATIONS.map((id) => [id, { url: `https://${id}.example.com/`, secrets: [SECRET] }]),
  ),
};

/** Its permission map: of ten agents one is refused. */
export const map = {
  groups: { "3": { allow: [7, 11] } },
  users: Object.fromEntries(Array.from({ length: AGENTS / 10 }, (_, n) => [String(n * 10), { deny: [11] }])),
};
