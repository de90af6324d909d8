const V4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/;
const V4_MAPPED = /^::ffff:(\d[\d.]{6,14})$/i;
const MAX_ADDRESS = 64;
/** 48 bits, the network that a site has of its own (RFC 6177). */
const V6_GROUPS = 3;

/**
 * As much of an IP address as tells networks apart and nobody in them: the first three octets of an IPv4 address, 48
 * bits of an IPv6 one. Undefined where the text is no address.
 */
export function addressPart(address: string | undefined): string | undefined {
  if (address === undefined || address.length > MAX_ADDRESS) return undefined;
  const [, mapped] = V4_MAPPED.exec(address) ?? [];
  const [, octets] = V4.exec(mapped ?? address) ?? [];
  if (octets !== undefined) return octets;
  if (!address.includes(":") || !/^[\da-f:.]+$/i.test(address)) return undefined;
  const [before = ""] = address.split("::");
  const groups = before.split(":").slice(0, V6_GROUPS);
  const filled = [...groups, ...Array.from({ length: V6_GROUPS - groups.length }, () => "0")];
  return filled.map((group) => group.toLowerCase().replace(/^0+(?=.)/, "") || "0").join(":");
}
