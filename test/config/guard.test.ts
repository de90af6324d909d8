import { describe, expect, it } from "vitest";
import { type RefusalReason, refuseUrl } from "../../src/config/guard.ts";
import { parseRelay } from "../../src/config/relay.ts";

const refused: Readonly<Record<RefusalReason, readonly string[]>> = {
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
  private_address: [
    "https://127.0.0.1/",
    "https://127.0.0.1./",
    "https://127.1/",
    "https://127.0.1/",
    "https://127.255.255.254/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7F.0.0.1/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://0177.0.0.01/",
    "https://017700000001/",
    "https://0/",
    "https://0.0.0.0/",
    "https://0x0/",
    "https://0.1.2.3/",
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://167772161/",
    "https://012.1.2.3/",
    "https://0xa.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://192.168.257/",
    "https://3232235521/",
    "https://0xc0a80001/",
    "https://0300.0250.0.1/",
    "https://169.254.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0xA9.0xFE.0xA9.0xFE/",
    "https://0251.0376.0251.0376/",
    "https://169.254.43518/",
    "https://169.254.169.254:443/",
    "https://169.254.170.2/",
    "https://168.63.129.16/",
    "https://100.64.0.1/",
    "https://100.100.100.200/",
    "https://100.127.255.255/",
    "https://192.0.0.1/",
    "https://192.0.0.192/",
    "https://192.0.2.1/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://198.51.100.7/",
    "https://203.0.113.9/",
    "https://224.0.0.1/",
    "https://239.255.255.255/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://4294967295/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://%31%32%37.0.0.1/",
    "https://0x7f。1/",
    "https:\\\\127.0.0.1\\",
    "https:127.0.0.1",
    "https:/10.0.0.1/",
    "https://\t127.0.0.1/",
    "https://[::]/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "https://[::1]:8443/",
    "https://[::127.0.0.1]/",
    "https://[::7f00:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::FFFF:10.0.0.1]/",
    "https://[0:0:0:0:0:ffff:c0a8:1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[64:ff9b::169.254.169.254]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[64:ff9b::10.0.0.1]/",
    "https://[64:ff9b:1::1]/",
    "https://[64:ff9b:1::8.8.8.8]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a9fe:a9fe::1]/",
    "https://[2002:c0a8:0101::1]/",
    "https://[2001:0:a00:1::]/",
    "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "https://[2001:0:4136:e378:8000:63bf:5601:5601]/",
    "https://[2606:4700::5efe:10.0.0.1]/",
    "https://[2606:4700::200:5efe:192.168.0.1]/",
    "https://[fe80::1]/",
    "https://[febf::1]/",
    "https://[fec0::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fd12:3456:789a::1]/",
    "https://[fdff:ffff::1]/",
    "https://[ff02::1]/",
    "https://[ff0e::101]/",
    "https://[100::1]/",
    "https://[2001:db8::1]/",
    "https://[2001:DB8:ffff::1]/",
    "https://[3fff::1]/",
    "https://[2001:2::1]/",
    "https://[2001:10::1]/",
    "https://[2001:20::1]/",
    "https://[5f00::1]/",
    "https://[4000::1]/",
    "https://[1::1]/",
  ],
  ip_literal: [
    "https://8.8.8.8/",
    "https://1.1.1.1/",
    "https://134744072/",
    "https://0x08080808/",
    "https://010.8.8.8/",
    "https://9.255.255.255/",
    "https://11.0.0.0/",
    "https://100.63.255.255/",
    "https://100.128.0.0/",
    "https://126.255.255.255/",
    "https://128.0.0.1/",
    "https://172.15.255.255/",
    "https://172.32.0.0/",
    "https://169.253.255.255/",
    "https://192.167.255.255/",
    "https://198.17.255.255/",
    "https://198.20.0.0/",
    "https://223.255.255.255/",
    "https://[2606:4700:4700::1111]/",
    "https://[2a00:1450:4001:81b::200e]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[64:ff9b::8.8.8.8]/",
    "https://[2002:808:808::1]/",
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
];

describe.each(Object.entries(refused))("%s", (reason, urls) => {
  it.each(urls)("refuses %j", (url) => {
    expect(refuseUrl(url, { allowPrivate: false })).toBe(reason);
  });
});

it.each(allowed)("allows %j", (url) => {
  expect(refuseUrl(url, { allowPrivate: false })).toBeUndefined();
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
    ["https://169.254.169.254/", "private_address"],
    ["https://user:password@example.com/", "credentials"],
    ["https://example.com:22/", "port"],
  ])("that delivers to %s is refused with the path of the fault", (url, reason) => {
    expect(parseRelay(relayTo(url), false)).toMatchObject({
      state: "faulty",
      faults: [{ path: "destinations.bad.url", message: expect.stringMatching(new RegExp(`^${reason}: `)) }],
    });
  });

  it("never repeats a refused URL, which may hold a password", () => {
    const parsed = parseRelay(relayTo("https://user:hunter2@example.com/"), false);
    expect(JSON.stringify(parsed.state === "valid" ? [] : parsed.faults)).not.toContain("hunter2");
  });

  it("may name further ports, and private addresses for local development", () => {
    expect(parseRelay(relayTo("https://example.com:9443/"), false, [9443]).state).toBe("valid");
    expect(parseRelay(relayTo("http://127.0.0.1:8788/"), true).state).toBe("valid");
  });
});
