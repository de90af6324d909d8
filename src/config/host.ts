/** Why nothing of the public internet stands behind a host. */
export type HostRefusal = "ip_literal" | "private_name";

/** Ends of names that no public resolver answers for, or that stand for the machine or network at hand. */
const PRIVATE_ENDS = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "arpa",
];
/** Public names that resolve to whatever address is written into them, or to loopback. */
const MIRRORS = ["nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"];
/** Addresses that stand for this machine, as the URL parser writes them. */
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:(7f[0-9a-f]{2}:[0-9a-f]{1,4}|0:0)\])$/;

/**
 * Judges a host as the URL parser writes it: hex, octal and short forms of addresses are undone. No address is wanted, be
 * it public: certificates are for names.
 */
export function refuseHost(hostname: string): HostRefusal | undefined {
  const name = withoutDots(hostname);
  if (name.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(name)) return "ip_literal";
  return !name.includes(".") || [...PRIVATE_ENDS, ...MIRRORS].some((end) => endsIn(name, end))
    ? "private_name"
    : undefined;
}

/** Whether a host, as the URL parser writes it, is this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/\.$/, "");
  return LOOPBACK.test(name) || endsIn(name, "localhost");
}

function endsIn(name: string, end: string): boolean {
  return name === end || name.endsWith(`.${end}`);
}

/** A name without the dots at its end, which ask a resolver for nothing but itself. */
function withoutDots(name: string): string {
  let end = name.length;
  while (name[end - 1] === ".") end -= 1;
  return name.slice(0, end);
}
