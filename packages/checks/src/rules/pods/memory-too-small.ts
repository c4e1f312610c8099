import { oneWhole, quantityOf } from "../../api-server/value/quantity.ts";
import { found, type Rule } from "../../findings/rule.ts";
import { amountsOf } from "./amounts.ts";

export const memoryTooSmall: Rule = {
  code: "memory-too-small",
  severity: "error",
  why: "Nothing starts in a few hundred kilobytes: the runtime itself needs more to set a container up, which is killed for want of memory, or refused.",
  fix: "state the limit with its unit, as 128Mi: without one it is in bytes",
  link: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory",
  find: (world) =>
    world.pods.flatMap((pod) =>
      amountsOf(pod).flatMap(({ node, list, name }) => {
        const amount = name === "memory" ? quantityOf(node.value) : undefined;
        // A part of a byte is a unit that is mistaken, and nought is no limit.
        if (amount === undefined || amount <= 0n || amount >= least || amount % oneWhole !== 0n) return [];
        const what = `${JSON.stringify(node.value)} of memory is ${amount / oneWhole} bytes`;
        return list === "limits"
          ? [found(node, `${what}, and no container starts in less than 4Mi`)]
          : [found(node, what, { severity: "warning" })];
      }),
    ),
};

/** Docker asks for 6 MiB and CRI-O for 12 MiB at least; containerd asks for nothing, and the container is killed. */
const least = 4n * (1n << 20n) * oneWhole;
