import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere, nodeOf, textAt } from "../../objects/node.ts";

export const ingressHostWithoutRule: Rule = {
  code: "ingress-host-without-rule",
  severity: "warning",
  why: "A certificate of an Ingress is for the hosts that its rules name. Of another host nothing is served, and the host that was meant is served without it.",
  fix: "write the host as the rule has it",
  link: "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
  find: (world) =>
    world.of("networking.k8s.io", "Ingress").flatMap((ingress) => {
      const spec = at(nodeOf(ingress), "spec");
      const rules = elements(at(spec, "rules"));
      const hosts = rules.map((rule) => textAt(at(rule, "host")) ?? "");
      // What no rule names goes to the default, or to a rule for all hosts.
      if (hosts.length === 0 || hosts.includes("") || isThere(at(spec, "defaultBackend"))) return [];
      return elements(at(spec, "tls"))
        .flatMap((tls) => elements(at(tls, "hosts")))
        .flatMap((node) => {
          const host = textAt(node) ?? "";
          if (host === "" || hosts.some((each) => isCovered(each, host))) return [];
          return [
            found(node, `no rule is for ${host}`, { fix: `one of: ${[...new Set(hosts)].join(", ")}` }),
          ];
        });
    }),
};

const withoutFirstLabel = (host: string): string => host.slice(host.indexOf(".") + 1);

/** Whether one host means the other, in either of which a star may stand for the first label. */
function isCovered(one: string, other: string): boolean {
  if (one === other) return true;
  return (
    (one.startsWith("*.") || other.startsWith("*.")) && withoutFirstLabel(one) === withoutFirstLabel(other)
  );
}
