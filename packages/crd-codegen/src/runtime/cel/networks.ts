import { readAddress, readNetwork, within, type IpAddress, type Network } from "./address.ts";
import { required, type Library } from "./functions.ts";
import { readUrl, type ReadUrl } from "../url.ts";

const address = (text: string): IpAddress => required(readAddress(text), `not an IP address: ${text}`);
const networkValue = (text: string): Network => required(readNetwork(text), `not a network: ${text}`);

const anyOf =
  (...networks: readonly string[]) =>
  (of: IpAddress): boolean =>
    networks.some((text) => within(text)(of));

const isUnspecified = anyOf("0.0.0.0/32", "::/128");
const isLoopbackAddress = anyOf("127.0.0.0/8", "::1/128");
const isLinkLocalUnicast = anyOf("169.254.0.0/16", "fe80::/10");
const isMulticast = anyOf("224.0.0.0/4", "ff00::/8");
const isBroadcast = anyOf("255.255.255.255/32");
/** Whatever the flags are that stand between the prefix and the scope. */
const isLinkLocalMulticast = (of: IpAddress): boolean =>
  of.family === 4 ? anyOf("224.0.0.0/24")(of) : isMulticast(of) && ((of.bits >> 112n) & 0xfn) === 2n;
const isGlobalUnicast = (of: IpAddress): boolean =>
  ![isUnspecified, isLoopbackAddress, isMulticast, isLinkLocalUnicast, isBroadcast].some((test) => test(of));

const containsNetwork = (outer: Network, inner: Network): boolean =>
  outer.length <= inner.length && outer.contains(inner.address);

/** URLs, IP addresses and networks (Kubernetes 1.34, `cel/library/urls.go`, `ip.go`, `cidr.go`). */
export const networks: Library = {
  "isURL(string): bool": (text: string) => readUrl(text) !== undefined,
  "url(string): ReadUrl": (text: string) => required(readUrl(text), `not a URL: ${text}`),
  "ReadUrl.getScheme(): string": (of: ReadUrl) => of.scheme,
  "ReadUrl.getHost(): string": (of: ReadUrl) => of.host,
  "ReadUrl.getHostname(): string": (of: ReadUrl) => of.hostname(),
  "ReadUrl.getPort(): string": (of: ReadUrl) => of.port(),
  "ReadUrl.getEscapedPath(): string": (of: ReadUrl) => of.escapedPath(),
  "ReadUrl.getQuery(): dyn": (of: ReadUrl) => of.queryValues(),
  "isIP(string): bool": (text: string) => readAddress(text) !== undefined,
  "ip(string): IpAddress": address,
  "IpNamespace.isCanonical(string): bool": (_: unknown, text: string) => address(text).toString() === text,
  "IpAddress.family(): int": (of: IpAddress) => BigInt(of.family),
  "IpAddress.isUnspecified(): bool": isUnspecified,
  "IpAddress.isLoopback(): bool": isLoopbackAddress,
  "IpAddress.isLinkLocalMulticast(): bool": isLinkLocalMulticast,
  "IpAddress.isLinkLocalUnicast(): bool": isLinkLocalUnicast,
  "IpAddress.isGlobalUnicast(): bool": isGlobalUnicast,
  "isCIDR(string): bool": (text: string) => readNetwork(text) !== undefined,
  "cidr(string): Network": networkValue,
  "Network.containsIP(string): bool": (of: Network, text: string) => of.contains(address(text)),
  "Network.containsIP(IpAddress): bool": (of: Network, inner: IpAddress) => of.contains(inner),
  "Network.containsCIDR(string): bool": (of: Network, text: string) =>
    containsNetwork(of, networkValue(text)),
  "Network.containsCIDR(Network): bool": containsNetwork,
  "Network.ip(): IpAddress": (of: Network) => of.address,
  "Network.prefixLength(): int": (of: Network) => BigInt(of.length),
  "Network.masked(): Network": (of: Network) => of.masked(),
};
