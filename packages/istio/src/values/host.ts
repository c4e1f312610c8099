/** The pattern of a label of a DNS name. */
export const dnsLabel = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";

/** The pattern of a DNS name. */
export const hostName: string = `${dnsLabel}(?:\\.${dnsLabel})*`;

const fullName = new RegExp(`^${hostName}$`, "i");
const pattern = new RegExp(`^(?:\\*\\.)?${hostName}$`, "i");

/** Whether a text is a DNS name; its length is limited as that of Kubernetes' names, which are made of it. */
export const isHost = (text: string): boolean => text.length <= 200 && fullName.test(text);

/** Whether a text is a DNS name, whose first label may be `*`. */
export const isHostPattern = (text: string): boolean => text.length <= 200 && pattern.test(text);

/** Whether a text is the name of a namespace. */
export const isNamespace = (text: string): boolean => new RegExp(`^${dnsLabel}$`).test(text);

/** The parts of `namespace/host`. */
export function partsOf(text: string): { readonly namespace: string; readonly host: string } {
  const slash = text.indexOf("/");
  return { namespace: text.slice(0, Math.max(slash, 0)), host: text.slice(slash + 1) };
}

/** The namespace that the full name of a Service says, `cluster.local` or another domain after it; else undefined. */
export const namespaceOfService = (host: string): string | undefined =>
  /^[^.]+\.([^.]+)\.svc(?:\.|$)/i.exec(host)?.[1];
