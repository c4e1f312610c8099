import { BlockList, isIP } from "node:net";

/** What leads to this very machine: RFC 1122 3.2.1.3, RFC 4291 2.5.3, and the addresses of no host, which Linux takes for it. */
const loopbackAddresses = new BlockList();
loopbackAddresses.addSubnet("127.0.0.0", 8);
loopbackAddresses.addSubnet("0.0.0.0", 8);
loopbackAddresses.addAddress("::1", "ipv6");
loopbackAddresses.addAddress("::", "ipv6");

/**
 * Whether a URL leads to this very machine by what it says: an address of loopback in any notation that URLs know, or
 * `localhost`. A name that only looks like an address, as `127.example.com` does, leads where DNS says.
 *
 * @example
 * isLoopback(new URL("http://127.0.0.1:5000/")); // true
 * isLoopback(new URL("http://127.example.com/")); // false
 */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "localhost") return true;
  const family = isIP(host);
  return family !== 0 && loopbackAddresses.check(host, family === 4 ? "ipv4" : "ipv6");
}
