/** An IPv4 range: its first address and the length of its prefix. */
type Range = readonly [first: string, bits: number];

/** Not of the public internet: IANA's special-purpose registry, multicast, and two clouds' metadata addresses. */
const SPECIAL_V4: readonly Range[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Whether a host as the URL parser writes it is an IPv4 address: the parser has undone hex, octal and short forms. */
export function isV4(host: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** Whether an IPv4 address (dotted) is not one of the public internet. */
export function isSpecialV4(address: string): boolean {
  return isSpecial(toNumber(address));
}

/**
 * Whether an IPv6 address (as the URL parser writes it, without brackets) is not one of the public internet. One that
 * carries an IPv4 address is judged by that, too: a translator or tunnel on the way may unpack it.
 */
export function isSpecialV6(address: string): boolean {
  const groups = toGroups(address);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const last = join(g, h);
  const embedded = a === 0 && b === 0 && c === 0 && d === 0 && ((e === 0 && f === 0) || (e === 0 && f === 0xffff));
  const nat64 = a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0;
  if (embedded || nat64) return isSpecial(last);
  if (a === 0x2002) return isSpecial(join(b, c));
  if (a === 0x2001 && b === 0) return isSpecial(join(c, d)) || isSpecial(~last >>> 0);
  const isatap = (e === 0 || e === 0x200) && f === 0x5efe;
  if (isatap && isSpecial(last)) return true;
  const documentation = (a === 0x2001 && b === 0xdb8) || (a === 0x3fff && b < 0x1000);
  const protocols = a === 0x2001 && b < 0x200;
  const global = a >= 0x2000 && a < 0x4000;
  return !global || documentation || protocols;
}

function isSpecial(address: number): boolean {
  return SPECIAL_V4.some(([first, bits]) => address >>> (32 - bits) === toNumber(first) >>> (32 - bits));
}

function toNumber(dotted: string): number {
  return dotted.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function join(high: number, low: number): number {
  return high * 0x10000 + low;
}

/** The eight groups of an address in which `::` may stand for zeros. */
function toGroups(address: string): number[] {
  const [before = "", after] = address.split("::");
  const head = readGroups(before);
  if (after === undefined) return head;
  const tail = readGroups(after);
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function readGroups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
