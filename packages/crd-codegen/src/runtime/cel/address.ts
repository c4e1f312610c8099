/** An IP address as a rule sees it (`net/netip` of Go: no leading zeros, no zone, no IPv4 inside of IPv6). */
export class IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;

  constructor(family: 4 | 6, bits: bigint) {
    this.family = family;
    this.bits = bits;
  }

  equals({ family, bits }: IpAddress): boolean {
    return this.family === family && this.bits === bits;
  }

  /** As `netip` writes it, which is how it should be written. */
  toString(): string {
    return this.family === 4 ? groups(this, 8, 10).join(".") : compressed(groups(this, 16, 16));
  }
}

/** A network as a rule sees it: an address, which may lie inside of it, and how many bits say where it begins. */
export class Network {
  readonly address: IpAddress;
  readonly length: number;

  constructor(address: IpAddress, length: number) {
    this.address = address;
    this.length = length;
  }

  equals({ address, length }: Network): boolean {
    return this.length === length && this.address.equals(address);
  }

  /** Whether the address lies in the network. */
  contains(address: IpAddress): boolean {
    return (
      this.address.family === address.family &&
      first(this.address, this.length) === first(address, this.length)
    );
  }

  /** The network with its first address. */
  masked(): Network {
    const { family } = this.address;
    const rest = BigInt(width(family) - this.length);
    return new Network(new IpAddress(family, first(this.address, this.length) << rest), this.length);
  }

  toString(): string {
    return `${this.address.toString()}/${this.length}`;
  }
}

const width = (family: 4 | 6): number => (family === 4 ? 32 : 128);
const first = ({ family, bits }: IpAddress, length: number): bigint => bits >> BigInt(width(family) - length);

/** The first bits of an address are those of a network: `within("fe80::/10")`. */
export function within(network: string): (address: IpAddress) => boolean {
  const read = readNetwork(network);
  return (address) => read?.contains(address) === true;
}

function groups({ family, bits }: IpAddress, size: number, base: number): string[] {
  const count = width(family) / size;
  const mask = (1n << BigInt(size)) - 1n;
  return Array.from({ length: count }, (_, index) =>
    ((bits >> BigInt(size * (count - 1 - index))) & mask).toString(base),
  );
}

/** The longest run of zeros, of two at least, is left out (RFC 5952). */
function compressed(parts: readonly string[]): string {
  const text = parts.join(":");
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const longest = runs.reduce((found, [run]) => (run.length > found.length ? run : found), "");
  if (longest === "") return text;
  const start = runs.find(([run]) => run === longest)?.index ?? 0;
  return `${text.slice(0, start).replace(/:$/, "")}::${text.slice(start + longest.length).replace(/^:/, "")}`;
}

/** The address that a text states; undefined for any other text. */
export function readAddress(text: string): IpAddress | undefined {
  if (!text.includes(":")) {
    const bits = ipv4(text);
    return bits === undefined ? undefined : new IpAddress(4, bits);
  }
  const bits = ipv6(text);
  return bits === undefined || bits >> 32n === 0xffffn ? undefined : new IpAddress(6, bits);
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = "", tail] = halves;
  const before = words(head, tail === undefined);
  const after = words(tail ?? "", true);
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<bigint>(missing).fill(0n), ...after];
  return all.reduce((bits, word) => (bits << 16n) | word, 0n);
}

/** The words of a part of an IPv6 address; the last one may be an IPv4 address, which is two. */
function words(text: string, isLast: boolean): bigint[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const found: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    const embedded = isLast && index === parts.length - 1 && part.includes(".") ? ipv4(part) : undefined;
    if (embedded !== undefined) found.push(embedded >> 16n, embedded & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) found.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return found;
}

/** The network that a text states; undefined for any other text. */
export function readNetwork(text: string): Network | undefined {
  const [, start = "", length = ""] = /^([^/]*)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = readAddress(start);
  return address && Number(length) <= width(address.family)
    ? new Network(address, Number(length))
    : undefined;
}
