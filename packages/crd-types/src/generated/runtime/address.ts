// Generated from crds/ by crd-codegen. Do not edit.

/** Addresses as the formats `ipv4`, `ipv6` and `cidr` have them: leading zeros are overlooked. */
export function isIpv4(value: string): boolean {
  const parts = value.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

export function isIpv6(value: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(value) || !value.includes(":")) return false;
  const [head = "", tail, ...rest] = value.split("::");
  if (rest.length > 0) return false;
  const groups = [head, tail ?? ""].flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const embedsIpv4 = last.includes(".");
  const words = embedsIpv4 ? groups.slice(0, -1) : groups;
  const count = words.length + (embedsIpv4 ? 2 : 0);
  return (
    words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word)) &&
    (!embedsIpv4 || isIpv4(last)) &&
    (tail === undefined ? count === 8 : count < 8)
  );
}
