import { describe, expect, it } from "vitest";
import { examine } from "../../src/config/check/examine.ts";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { compileResponders } from "../../src/config/responders.ts";
import { hideSecrets, restoreSecrets } from "../../src/config/secrets/hide-secrets.ts";
import { vccLive } from "../../src/vendors/vcc-live/index.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const good = { ask: "https://crm.example.com/ivr", secrets: ["env:ASK_SECRET"] };
const nobody = { result: { uniqueId: "crm_id", customers: [] } };

const documentOf = (responders: object, source: object = {}) => ({
  sources: { acme: { vendor: "vcc-live", keys: ["env:KEY"], responders, ...source } },
});

function faultsOf(responders: object, source: object = {}) {
  const parsed = parseRelay(JSON.stringify(documentOf(responders, source)), { allowPrivate: false });
  const faults = parsed.state === "valid" ? [] : parsed.faults;
  return [parsed.state, ...faults.map(({ path, near }) => (near === undefined ? path : `${path} (${near})`))];
}

describe("responders of a configuration", () => {
  it.each([
    ["the least that is needed", { ivr: good, search: good }],
    ["nothing", {}],
    [
      "everything that there is",
      {
        ivr: {
          ...good,
          secrets: ["env:A", SECRET],
          headers: { "x-team": "env:HEADER_TEAM" },
          timeoutMs: 100,
          otherwise: { next: "operator" },
          cache: { seconds: 30, by: ["caller"] },
          record: true,
        },
        search: { ...good, timeoutMs: 10_000, otherwise: nobody },
      },
    ],
    ["a text for an answer", { ivr: { ...good, otherwise: "" } }],
  ])("may have %s", (_, responders) => {
    expect(faultsOf(responders)).toEqual(["valid"]);
  });

  it.each([
    ["a kind that there is not", { serch: good }, "invalid", "responders.serch (search)"],
    [
      "a setting that there is not",
      { ivr: { ...good, timeoutMS: 5 } },
      "invalid",
      "responders.ivr.timeoutMS (timeoutMs)",
    ],
    ["no URL", { ivr: { secrets: [] } }, "invalid", "responders.ivr.ask"],
    ["no secrets", { ivr: { ask: good.ask } }, "invalid", "responders.ivr.secrets"],
    ["too little time", { ivr: { ...good, timeoutMs: 99 } }, "invalid", "responders.ivr.timeoutMs"],
    ["too much time", { ivr: { ...good, timeoutMs: 10_001 } }, "invalid", "responders.ivr.timeoutMs"],
    [
      "a cache for no time",
      { ivr: { ...good, cache: { seconds: 0, by: ["a"] } } },
      "invalid",
      "responders.ivr.cache.seconds",
    ],
    ["a cache by nothing", { ivr: { ...good, cache: { seconds: 9, by: [] } } }, "invalid", "responders.ivr.cache.by"],
    ["a private URL", { ivr: { ...good, ask: "https://10.0.0.1/" } }, "faulty", "responders.ivr.ask"],
    ["a URL of http", { ivr: { ...good, ask: "http://crm.example.com/" } }, "faulty", "responders.ivr.ask"],
    [
      "a password in its URL",
      { ivr: { ...good, ask: "https://a:b@crm.example.com/" } },
      "faulty",
      "responders.ivr.ask",
    ],
    ["no URL at all", { ivr: { ...good, ask: "crm" } }, "faulty", "responders.ivr.ask"],
    ["a secret that signs nothing", { ivr: { ...good, secrets: ["whsec_!!!"] } }, "faulty", "responders.ivr.secrets.0"],
    ["a secret of the relay's", { ivr: { ...good, secrets: ["env:RELAY_KEY"] } }, "faulty", "responders.ivr.secrets.0"],
    ["the key of a source", { ivr: { ...good, secrets: ["env:KEY"] } }, "faulty", "responders.ivr.secrets.0"],
    [
      "a header of ours",
      { ivr: { ...good, headers: { "webhook-id": "1" } } },
      "faulty",
      "responders.ivr.headers.webhook-id",
    ],
    [
      "a header that is none of its own",
      { ivr: { ...good, headers: { x: "env:KEY2" } } },
      "faulty",
      "responders.ivr.headers.x",
    ],
    [
      "a cache of searches",
      { search: { ...good, cache: { seconds: 9, by: ["a"] } } },
      "faulty",
      "responders.search.cache",
    ],
    [
      "an answer that is no search's",
      { search: { ...good, otherwise: "sorry" } },
      "faulty",
      "responders.search.otherwise",
    ],
    [
      "an answer of another form",
      { search: { ...good, otherwise: { result: {} } } },
      "faulty",
      "responders.search.otherwise",
    ],
    [
      "an answer that is too large",
      { ivr: { ...good, otherwise: "x".repeat(65_537) } },
      "faulty",
      "responders.ivr.otherwise",
    ],
  ])("may not have %s", (_, responders, state, path) => {
    expect(faultsOf(responders)).toEqual([state, `sources.acme.${path}`]);
  });

  it("are those of VCC Live alone", () => {
    expect(faultsOf({ ivr: good }, { vendor: "voiso" })).toEqual(["faulty", "sources.acme.responders"]);
  });

  it("draw remarks where nothing signs, and where a secret is not set or stands there", async () => {
    const text = JSON.stringify(
      documentOf({ ivr: { ...good, secrets: [] }, search: { ...good, secrets: ["env:UNSET", SECRET] } }),
    );
    const lookup = (name: string) => (name === "KEY" ? "key-5b1d0c4e9f7a" : undefined);
    const { state, remarks } = await examine(text, { rules: { allowPrivate: false }, lookup });
    expect([state, ...remarks.map(({ path }) => path)]).toEqual([
      "valid",
      "sources.acme.responders.search.secrets.0",
      "sources.acme.responders.search.secrets.1",
      "sources.acme.responders.ivr.secrets",
    ]);
  });
});

describe("what is secret of responders", () => {
  const text = JSON.stringify(
    documentOf({
      ivr: { ask: "https://crm.example.com/ivr?token=t1", secrets: [SECRET, "env:ASK"], headers: { "x-key": "k1" } },
    }),
  );

  it("is not shown, and *** keeps it", () => {
    const shown = hideSecrets(text);
    expect(JSON.parse(shown)).toMatchObject({
      sources: {
        acme: {
          responders: {
            ivr: {
              ask: "https://crm.example.com/ivr?token=***",
              secrets: ["***", "env:ASK"],
              headers: { "x-key": "***" },
            },
          },
        },
      },
    });
    const restored = restoreSecrets(shown, text);
    expect("text" in restored && JSON.parse(restored.text)).toEqual(JSON.parse(text));
  });

  it("goes to no other host", () => {
    const moved = hideSecrets(text).replace("crm.example.com", "evil.example.com");
    const restored = restoreSecrets(moved, text);
    expect("faults" in restored && restored.faults.map(({ path }) => path).toSorted()).toEqual([
      "sources.acme.responders.ivr.ask",
      "sources.acme.responders.ivr.headers.x-key",
      "sources.acme.responders.ivr.secrets.0",
    ]);
  });
});

describe("a faulty responder that is in force", () => {
  const compile = (responder: object) => {
    const parsed = parseRelay(JSON.stringify(documentOf({ ivr: { ...good, ...responder } })), { allowPrivate: false });
    const responders = parsed.state === "invalid" ? undefined : parsed.value.sources.acme?.responders;
    const lookup = (name: string) => (name === "ASK_SECRET" ? SECRET : undefined);
    return compileResponders(responders, vccLive, lookup).get("ivr");
  };

  it("is not asked, for whatever part of it is faulty", () => {
    expect(compile({})).toMatchObject({ timeoutMs: 1500, unusable: undefined, secrets: [SECRET] });
    expect(compile({ ask: "https://10.0.0.1/" })?.unusable).toBe("refused_url");
    expect(compile({ secrets: ["env:UNSET"] })?.unusable).toBe("unusable_secret");
    expect(compile({ headers: { "x-a": "env:HEADER_UNSET" } })?.unusable).toBe("unresolved_header");
  });
});
