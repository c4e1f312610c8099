// Both letters spelled out, and no bound: without regard to case, V8 takes ten times as long to compile it, and what is
// repeated at most so often it writes out so often.
const hostLabelForm = /^[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/;

const isHostLabel = (text: string): boolean => text.length <= 63 && hostLabelForm.test(text);

/** Whether a text is a DNS name; its length leaves room for what Kubernetes' names are made of it and more. */
export const isHost = (text: string): boolean => text.length <= 200 && text.split(".").every(isHostLabel);

/** Whether a text is a DNS name, whose first label may be `*`. */
export const isHostPattern = (text: string): boolean => isHost(text.startsWith("*.") ? text.slice(2) : text);

/** Whether a text is the name of a namespace. */
export const isNamespaceName = (text: string): boolean => isHostLabel(text) && text === text.toLowerCase();

/** The parts of `namespace/host`. */
export function partsOf(text: string): { readonly namespace: string; readonly host: string } {
  const slash = text.indexOf("/");
  return { namespace: text.slice(0, Math.max(slash, 0)), host: text.slice(slash + 1) };
}

/** The namespace that the full name of a Service says, `cluster.local` or another domain after it; else undefined. */
export function namespaceOfService(host: string): string | undefined {
  const [name, namespace, kind] = host.toLowerCase().split(".");
  return name !== "" && kind === "svc" ? namespace : undefined;
}
