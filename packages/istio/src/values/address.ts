// A library for addresses costs a cold render more than all of this package.

/** Whether a text is an IPv4 or IPv6 address. */
export const isAddress = (text: string): boolean => bitsOf(text) !== undefined;

/** Whether a text is a block of addresses, whatever bits stand beyond its length. */
export const isBlock = (text: string): boolean => blockOf(text) !== undefined;

/**
 * A block as Kubernetes and Istio want it, in its usual form and without bits beyond its length; undefined for a text that
 * is none.
 *
 * @example
 * blockOf("10.0.0.7/24"); // "10.0.0.0/24"
 */
export function blockOf(text: string): string | undefined {
  const [, address = "", digits = ""] = /^([^/]+)\/(0|[1-9]\d*)$/.exec(text) ?? [];
  const [bits, length] = [bitsOf(address), Number(digits)];
  if (bits === undefined || length > bits.length) return undefined;
  return `${printedAddress(bits.slice(0, length).padEnd(bits.length, "0"))}/${length}`;
}

/** The bits of an address as text; undefined for what is none. */
function bitsOf(text: string): string | undefined {
  if (!text.includes(":")) return bitsOfFour(text);
  // The runtime's own parser, which takes nothing but addresses in brackets.
  const [, host] = URL.canParse(`http://[${text}]`)
    ? (/^\[(.*)\]$/.exec(new URL(`http://[${text}]`).hostname) ?? [])
    : [];
  if (host === undefined) return undefined;
  const [before = [], after = []] = host.split("::").map((half) => half.split(":").filter(Boolean));
  const between = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...between, ...after].map((group) => binary(Number.parseInt(group, 16), 16)).join("");
}

function bitsOfFour(text: string): string | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1) ?? [];
  // What begins with a zero is octal to some.
  if (parts.length !== 4 || parts.some((part) => Number(part) > 255 || /^0\d/.test(part))) return undefined;
  return parts.map((part) => binary(Number(part), 8)).join("");
}

const binary = (value: number, length: number): string => value.toString(2).padStart(length, "0");

function printedAddress(bits: string): string {
  const isFour = bits.length === 32;
  const groups = (bits.match(isFour ? /.{8}/g : /.{16}/g) ?? []).map((group) => Number.parseInt(group, 2));
  if (isFour) return groups.join(".");
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(":")}]`).hostname.slice(1, -1);
}
