import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { blockOf, isAddress, isBlock } from "../src/values/address.ts";

const address = fc.oneof(fc.ipV4(), fc.ipV6());
const block = fc
  .tuple(address, fc.nat({ max: 128 }))
  .filter(([text, length]) => text.includes(":") || length <= 32)
  .map(([text, length]) => `${text}/${length}` as const);

/** A block without IPv4 within IPv6, which ipaddr.js takes for a mapped address, whatever stands before it. */
function inHexadecimal(text: string): string {
  const [host = "", length] = text.split("/");
  return host.includes(":") ? `${new URL(`http://[${host}]`).hostname.slice(1, -1)}/${length}` : text;
}

/** The block as another library has it. */
function theirs(given: string): string {
  const text = inHexadecimal(given);
  const [parsed, length] = ipaddr.parseCIDR(text);
  const kind = parsed.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${kind.networkAddressFromCIDR(text).toNormalizedString()}/${length}`;
}

test("a block is the one that ipaddr.js makes of it", () => {
  fc.assert(
    fc.property(block, (text) => {
      const ours = blockOf(text) ?? "";
      const [parsed] = ipaddr.parseCIDR(ours);
      expect(`${parsed.toNormalizedString()}/${ours.split("/")[1]}`).toBe(theirs(text));
      expect(blockOf(ours)).toBe(ours);
    }),
  );
});

test("addresses are taken, and made of blocks", () => {
  fc.assert(fc.property(address, (text) => isAddress(text) && !isBlock(text)));
});

describe("what is none", () => {
  const table = [
    "",
    "/",
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0/8",
    "010.0.0.0/8",
    "256.0.0.0/8",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "fd00::/129",
    "fd00::1%eth0/64",
    "fd00:::/64",
    "1:2:3:4:5:6:7:8:9/64",
    "db.example.com/24",
  ];
  test.each(table)("%j", (text) => {
    expect(blockOf(text)).toBeUndefined();
  });
});

describe("the usual form", () => {
  const table: [string, string][] = [
    ["10.0.0.7/24", "10.0.0.0/24"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["FD00:0:0:0::1/64", "fd00::/64"],
    ["::/0", "::/0"],
    ["::1/128", "::1/128"],
  ];
  test.each(table)("%s", (given, want) => {
    expect(blockOf(given)).toBe(want);
  });
});
