/**
 * Whether SOPS has encrypted an object: its values, and with them the object, are not what they will be in the cluster.
 *
 * Source: `Metadata` of github.com/getsops/sops/v3/stores, which stands beside the fields of the object.
 *
 * @example
 * isEncrypted({ apiVersion: "v1", kind: "Secret", sops: { mac: "ENC[…]", version: "3.9.0" } }); // true
 */
export function isEncrypted(object: object): boolean {
  const sops: unknown = "sops" in object ? object.sops : undefined;
  return typeof sops === "object" && sops !== null && "mac" in sops && typeof sops.mac === "string";
}
