// A Worker that tells Slack, Teams or PagerDuty of hookswitch's incidents. One destination for each: …/slack, …/teams,
// …/pagerduty. Variables: SECRET (the destination's whsec_…), SLACK_URL, TEAMS_URL, PAGERDUTY_KEY.
import { Webhook } from "standardwebhooks";

const write = {
  slack: ({ incident }, env) => [env.SLACK_URL, { text: sentence(incident) }],
  teams: ({ incident }, env) => [env.TEAMS_URL, card(sentence(incident))],
  pagerduty: ({ incident }, env) => [
    env.PAGERDUTY_URL ?? "https://events.pagerduty.com/v2/enqueue",
    {
      routing_key: env.PAGERDUTY_KEY,
      event_action: incident.state === "closed" ? "resolve" : "trigger",
      dedup_key: incident.id,
      payload: { summary: incident.sentence, source: `${incident.about.kind}/${incident.about.id}`, severity: "error" },
    },
  ],
};

export default {
  async fetch(request, env) {
    const body = await request.text();
    try {
      new Webhook(env.SECRET).verify(body, Object.fromEntries(request.headers));
    } catch {
      return new Response(null, { status: 401 });
    }
    const make = write[new URL(request.url).pathname.slice(1)];
    if (make === undefined) return new Response(null, { status: 404 });
    const [url, message] = make(JSON.parse(body).data, env);
    const headers = { "content-type": "application/json" };
    const told = await fetch(url, { method: "POST", headers, body: JSON.stringify(message) });
    // What the other side refuses, hookswitch tries again.
    return new Response(null, { status: told.ok ? 204 : 502 });
  },
};

function sentence({ state, sentence, next, until, test }) {
  const mark = test ? "(test) " : "";
  return state === "closed" ? `${mark}🟢 over since ${until}: ${sentence}` : `${mark}🔴 ${sentence}\n→ ${next}`;
}

function card(text) {
  const content = { type: "AdaptiveCard", version: "1.4", body: [{ type: "TextBlock", text, wrap: true }] };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}
