import { describe, expect, it } from "vitest";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { refuseUrl, type UrlRefusal } from "../../src/config/url-rules.ts";

const refused: Readonly<Record<UrlRefusal, readonly string[]>> = {
  not_a_url: [
    "",
    "example.com",
    "//example.com/hooks",
    "https://",
    "https://exa mple.com/",
    "https://example.com:99999/",
    "https://256.256.256.256/",
    "https://1.2.3.4.5/",
    "https://0x100000000/",
    "https://[::1/",
    "https://[fe80::1%25eth0]/",
    "https://[1:2:3:4:5:6:7:8:9]/",
    "https://exa%00mple.com/",
    "https://[::ffff:999.0.0.1]/",
  ],
  not_https: [
    "http://example.com/",
    "HTTP://example.com/",
    "http://127.0.0.1/",
    "ftp://example.com/",
    "ws://example.com/",
    "wss://example.com/",
    "file:///etc/passwd",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "blob:https://example.com/0",
    "gopher://example.com/",
    "ssh://git@example.com/",
    "mailto:ops@example.com",
  ],
  credentials: [
    "https://user:password@example.com/",
    "https://user@example.com/",
    "https://:password@example.com/",
    "https://example.com@127.0.0.1/",
    "https://example.com:443@10.0.0.1/",
    "https://example.com%2f@127.0.0.1/",
    "https://a@b@example.com/",
  ],
  ip_literal: [
    "https://8.8.8.8/",
    "https://8.8.8.8./",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://0/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0xA9.0xFE.0xA9.0xFE/",
    "https://169.254.169.254:443/",
    "https://255.255.255.255/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://%31%32%37.0.0.1/",
    "https:\\\\127.0.0.1\\",
    "https:127.0.0.1",
    "https:/10.0.0.1/",
    "https://\t127.0.0.1/",
    "https://[::]/",
    "https://[::1]:8443/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[2606:4700:4700::1111]/",
  ],
  private_name: [
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST/",
    "https://localhost:8443/",
    "https://ｌｏｃａｌｈｏｓｔ/",
    "https://ⓛocalhost/",
    "https://loc%61lhost/",
    "https://api.localhost/",
    "https://localhost.localdomain/",
    "https://printer.local/",
    "https://printer.local./",
    "https://printer.LOCAL/",
    "https://printer。local/",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://metadata.google.internal./",
    "https://db.internal/",
    "https://host.docker.internal/",
    "https://router.home.arpa/",
    "https://1.0.0.127.in-addr.arpa/",
    "https://nas.lan/",
    "https://nas.home/",
    "https://intra.corp/",
    "https://wiki.intranet/",
    "https://wiki.private/",
    "https://crm/",
    "https://crm./",
    "https://kubernetes/",
    "https://metadata/",
    "https://com/",
    "https://.../",
    "https://127.0.0.1.nip.io/",
    "https://10-0-0-1.sslip.io/",
    "https://app.localtest.me/",
    "https://lvh.me/",
  ],
  itself: [
    "https://relay.example.net/",
    "https://relay.example.net/in/acme",
    "https://RELAY.example.NET/",
    "https://relay.example.net./",
    "https://relay.example.net:443/",
    "https://relay.example.net:8443/",
    "https://relay.example.net:9999/",
    "https://relay%2Eexample.net/",
  ],
  port: [
    "https://example.com:80/",
    "https://example.com:22/",
    "https://example.com:25/",
    "https://example.com:6379/",
    "https://example.com:8080/",
    "https://example.com:4443/",
    "https://example.com:1/",
    "https://example.com:65535/",
    "https://example.com:0/",
  ],
};

const allowed = [
  "https://example.com/",
  "https://example.com",
  "https://EXAMPLE.com/Hooks",
  "https://example.com./hooks",
  "https://example.com:443/hooks",
  "https://example.com:8443/hooks",
  "https://crm.example.com/hooks?token=abc#part",
  "https://example.co.uk/",
  "https://xn--bcher-kva.example/",
  "https://bücher.example/",
  "https://my_host.example.com/",
  "https://a.b.c.d.e.example.com/",
  "https://localhost.example.com/",
  "https://local.example.com/",
  "https://internal.example.com/",
  "https://127.0.0.1.example.com/",
  "https://10.example.com/",
  "https://notlocalhost.com/",
  "https://mylan.com/",
  "https://nip.io.example.com/",
  "https://notnip.io/",
  "https://example.local.com/",
  "https://hooks.zapier.com/hooks/catch/1/2/",
  "https://example.com/@user:password",
  "https://example.com/?next=http://127.0.0.1/",
  "https://relay.workers.dev/in/x",
  "https://crm.relay.example.net/",
  "https://example.net/",
  "https://other-relay.example.net/",
];

describe.each(Object.entries(refused))("%s", (reason, urls) => {
  it.each(urls)("refuses %j", (url) => {
    expect(refuseUrl(url, { allowPrivate: false, publicUrl: "https://relay.example.net" })).toBe(reason);
  });
});

it.each(allowed)("allows %j", (url) => {
  expect(refuseUrl(url, { allowPrivate: false, publicUrl: "https://relay.example.net" })).toBeUndefined();
});

describe("for local development", () => {
  it.each(["http://127.0.0.1:8788/", "http://localhost/", "https://[::1]:1/", "http://10.0.0.1:22/"])(
    "%s is allowed",
    (url) => expect(refuseUrl(url, { allowPrivate: true })).toBeUndefined(),
  );

  it("neither another scheme nor credentials are", () => {
    expect(refuseUrl("ftp://127.0.0.1/", { allowPrivate: true })).toBe("not_https");
    expect(refuseUrl("http://user:password@127.0.0.1/", { allowPrivate: true })).toBe("credentials");
    expect(refuseUrl("127.0.0.1", { allowPrivate: true })).toBe("not_a_url");
  });
});

describe("the relay itself", () => {
  const locally = (url: string, publicUrl: string) => refuseUrl(url, { allowPrivate: true, publicUrl });

  it.each([
    "http://localhost:8787/",
    "http://LOCALHOST.:8787/in/x",
    "http://relay.localhost:8787/",
    "http://127.0.0.1:8787/",
    "http://127.1:8787/",
    "http://127.8.9.10:8787/",
    "http://2130706433:8787/",
    "http://0.0.0.0:8787/",
    "http://[::1]:8787/",
    "http://[::]:8787/",
    "http://[::ffff:127.0.0.1]:8787/",
    "https://localhost:8787/",
  ])("is reached at %s on the machine at hand", (url) => {
    expect(locally(url, "http://localhost:8787")).toBe("itself");
    expect(locally(url, "http://127.0.0.1:8787/")).toBe("itself");
    expect(locally(url.replace("8787", "8788"), "http://localhost:8787")).toBeUndefined();
  });

  it.each([
    ["http://localhost/", "http://localhost:80", "itself"],
    ["https://localhost/", "http://localhost:443", "itself"],
    ["http://192.168.1.5:8787/", "http://192.168.1.5:8787", "itself"],
    ["http://192.168.1.5:9000/", "http://192.168.1.5:8787", undefined],
    ["http://relay.lan:9000/", "http://relay.lan:8787", undefined],
    ["http://relay.lan:8787/", "http://relay.lan:8787", "itself"],
    ["http://128.0.0.1:8787/", "http://localhost:8787", undefined],
    ["https://relay.example.com/", "relay.example.com", "itself"],
    ["https://relay.example.com/", "relay.example.com:8443", "itself"],
    ["https://crm.example.com/", "", undefined],
    ["https://crm.example.com/", "no URL at all", undefined],
  ])("%s while PUBLIC_URL is %s: %s", (url, publicUrl, reason) => {
    expect(locally(url, publicUrl)).toBe(reason);
  });
});

describe("ports", () => {
  it("are those that are listed, and the one of https", () => {
    const ports = [9443];
    expect(refuseUrl("https://example.com:9443/", { allowPrivate: false, ports })).toBeUndefined();
    expect(refuseUrl("https://example.com/", { allowPrivate: false, ports })).toBeUndefined();
    expect(refuseUrl("https://example.com:8443/", { allowPrivate: false, ports })).toBe("port");
  });
});

describe("a configuration", () => {
  const relayTo = (url: string) =>
    JSON.stringify({
      sources: {},
      destinations: { crm: { url: "https://a.example.com", secrets: [] }, bad: { url, secrets: [] } },
    });

  it.each([
    ["http://example.com/", "not_https"],
    ["https://169.254.169.254/", "ip_literal"],
    ["https://user:password@example.com/", "credentials"],
    ["https://example.com:22/", "port"],
    ["https://relay.example.net/", "itself"],
  ])("that delivers to %s is refused with the path of the fault", (url, reason) => {
    expect(parseRelay(relayTo(url), { allowPrivate: false, publicUrl: "https://relay.example.net" })).toMatchObject({
      state: "faulty",
      faults: [{ path: "destinations.bad.url", message: expect.stringMatching(new RegExp(`^${reason}: `)) }],
    });
  });

  it("never repeats a refused URL, which may hold a password", () => {
    const parsed = parseRelay(relayTo("https://user:hunter2@example.com/"), { allowPrivate: false });
    expect(JSON.stringify(parsed.state === "valid" ? [] : parsed.faults)).not.toContain("hunter2");
  });

  it("may name further ports, and private addresses for local development", () => {
    expect(parseRelay(relayTo("https://example.com:9443/"), { allowPrivate: false, ports: [9443] }).state).toBe(
      "valid",
    );
    expect(parseRelay(relayTo("http://127.0.0.1:8788/"), { allowPrivate: true }).state).toBe("valid");
  });
});
