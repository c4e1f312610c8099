import type { Rule } from "../rule/rule.ts";
import { textThat } from "./text.ts";

/*
 * Addresses and blocks of them. The fields that came first take the numbers of an IPv4 address with leading zeros, too, as
 * Go's parser did until 1.17; others ask for the form in which Go prints them.
 *
 * Source: k8s.io/apimachinery/pkg/util/validation/ip.go
 */

const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const hexGroup = /^[\da-fA-F]{1,4}$/;

/** An address as its bytes. */
export type Bytes = readonly number[];

/** The bytes of an address, 4 or 16; undefined for a text that is none. */
export function addressBytes(text: string): Bytes | undefined {
  return text.includes(":") ? v6Of(text) : v4Of(text);
}

function v4Of(text: string): Bytes | undefined {
  const numbers = v4.exec(text)?.slice(1).map(Number);
  return numbers?.every((number) => number < 256) ? numbers : undefined;
}

function v6Of(text: string): Bytes | undefined {
  const sides = text.split("::");
  if (sides.length > 2) return undefined;
  const [before, after] = sides.map(bytesOfSide);
  if (before === undefined || (sides.length === 2 && after === undefined)) return undefined;
  if (sides.length === 1) return before.length === 16 ? before : undefined;
  const missing = 16 - before.length - (after?.length ?? 0);
  return missing < 2 ? undefined : [...before, ...Array.from({ length: missing }, () => 0), ...(after ?? [])];
}

function bytesOfSide(side: string): Bytes | undefined {
  if (side === "") return [];
  const bytes: number[] = [];
  const groups = side.split(":");
  for (const [index, text] of groups.entries()) {
    if (hexGroup.test(text)) {
      const number = Number.parseInt(text, 16);
      bytes.push(number >> 8, number & 255);
    } else {
      const last = index === groups.length - 1 ? v4Of(text) : undefined;
      if (last === undefined) return undefined;
      bytes.push(...last);
    }
  }
  return bytes;
}

/** Whether an address is one of IPv4, also where it is written as one of IPv6. */
export const isV4 = (bytes: Bytes): boolean =>
  bytes.length === 4 ||
  (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255);

/** The address and the length of the prefix of a block; undefined for a text that is none. */
export function addressBlock(text: string): { readonly bytes: Bytes; readonly bits: number } | undefined {
  const [, address = "", length = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bytes = addressBytes(address);
  const bits = Number(length);
  if (bytes === undefined || length === "" || (length.length > 1 && length.startsWith("0"))) return undefined;
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
}

/** Whether all bits after the prefix of a block are zero. */
function isMasked({ bytes, bits }: { readonly bytes: Bytes; readonly bits: number }): boolean {
  return bytes.every((byte, index) => (byte & (255 >> Math.min(8, Math.max(0, bits - index * 8)))) === 0);
}

/** Whether a block lies within another, and is not the same. */
export function isBlockWithin(inner: string, outer: string): boolean {
  const [small, large] = [addressBlock(inner), addressBlock(outer)];
  if (!small || !large || small.bytes.length !== large.bytes.length || small.bits <= large.bits) return false;
  return large.bytes.every((byte, index) => {
    const kept = 255 << (8 - Math.min(8, Math.max(0, large.bits - index * 8)));
    return (byte & kept) === ((small.bytes[index] ?? 0) & kept);
  });
}

/** An address as Go prints it. */
export function canonicalAddress(text: string): string | undefined {
  const bytes = addressBytes(text);
  if (bytes === undefined) return undefined;
  const isMapped = bytes.length === 16 && isV4(bytes);
  // One of IPv4 that is written as one of IPv6 is none.
  if (isMapped) return undefined;
  return bytes.length === 4 ? bytes.join(".") : v6Text(bytes);
}

function v6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  let [start, length] = [-1, 1];
  for (let first = 0; first < 8; first++) {
    let end = first;
    while (groups[end] === "0") end++;
    if (end - first > length) [start, length] = [first, end - first];
  }
  if (start < 0) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}

const [plain, block] = [
  "is not an IP address in its plain form",
  "is not a block of addresses in its plain form",
];
const looseAddress: Rule = textThat(
  (text) => addressBytes(text) !== undefined,
  "address-malformed",
  "is not an IP address",
  'write one as "10.0.0.1" or "2001:db8::1"',
);
const plainAddress: Rule = textThat(
  (text) => canonicalAddress(text) === text,
  "address-malformed",
  plain,
  'write one as "10.0.0.1" or "2001:db8::1"',
);
const looseBlock: Rule = textThat(
  (text) => addressBlock(text) !== undefined,
  "address-malformed",
  "is not a block of addresses in CIDR notation",
  'write one as "10.0.0.0/8" or "2001:db8::/64"',
);

/** A block whose address is in its plain form, with all bits after the prefix zero. */
export const isPlainBlock: Rule = textThat(
  (text) => {
    const parsed = addressBlock(text);
    const [address = ""] = text.split("/");
    return parsed !== undefined && isMasked(parsed) && canonicalAddress(address) === address;
  },
  "address-malformed",
  block,
  'write one as "10.0.0.0/8" or "2001:db8::/64"',
);

/** An address. From 1.36 on, it is in its plain form wherever it is new. */
export const isIpAddress: Rule = (place, look) =>
  (look.minor < 36 ? looseAddress : plainAddress)(place, look);

/** A block of addresses. From 1.36 on, it is in its plain form wherever it is new. */
export const isAddressBlock: Rule = (place, look) =>
  (look.minor < 36 ? looseBlock : isPlainBlock)(place, look);

/** An address that a Service can send traffic to: none of the machine itself or of its link. */
export const isEndpointAddress: Rule = textThat(
  (text) => {
    const bytes = addressBytes(text);
    return bytes !== undefined && !isReservedAddress(isV4(bytes) ? bytes.slice(-4) : bytes);
  },
  "address-malformed",
  "is not an address that traffic can be sent to",
  "write an IP address that is neither loopback nor link-local",
);

function isReservedAddress(bytes: Bytes): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  if (bytes.every((byte) => byte === 0)) return true;
  if (bytes.length === 4)
    return (
      first === 127 || (first === 169 && second === 254) || (first === 224 && second === 0 && third === 0)
    );
  const isLoopback = bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1;
  return (
    isLoopback || (first === 0xfe && (second & 0xc0) === 0x80) || (first === 0xff && (second & 0x0f) === 2)
  );
}
