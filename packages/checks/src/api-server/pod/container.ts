import { at, listAt, nameOf, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import { all, eachOf, fields, lazily, since, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { isLabel, portName } from "../value/names.ts";
import { between, portNumber, portNumberOrNone } from "../value/numbers.ts";
import { formedOrEmpty, oneOf, oneOfOrEmpty } from "../value/text.ts";
import { environmentVariables, environmentFrom } from "./environment.ts";
import { rawDevices, mounts } from "./mounts.ts";
import { isSidecar, lifecycle, livenessProbe, readinessProbe, withoutProbes } from "./probe.ts";
import { containerResources } from "./resources.ts";
import { containerSecurity } from "./security.ts";

/*
 * Containers, one by one.
 *
 * Source: validateContainerCommon and its like in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */

const containerProtocols = ["TCP", "UDP", "SCTP"];
export const protocol: Rule = oneOfOrEmpty(...containerProtocols);

const containerPorts: Rule = all(
  eachOf(
    fields(
      {
        name: formedOrEmpty(portName),
        containerPort: portNumber,
        hostPort: portNumberOrNone,
        protocol,
      },
      "containerPort",
    ),
  ),
  unique("port-name-repeated", nameOf, "the port"),
);

const resizePolicy: Rule = lazily(() =>
  all(
    eachOf(
      fields(
        { resourceName: oneOf(["cpu", "memory"]), restartPolicy: oneOf(["NotRequired", "RestartContainer"]) },
        "resourceName",
        "restartPolicy",
      ),
    ),
    unique("list-key-repeated", (policy) => textAt(policy, "resourceName"), "the resource"),
  ),
);

const restartRules: Rule = lazily(() =>
  all(
    eachOf(
      fields(
        {
          action: oneOf(["Restart"]),
          exitCodes: fields(
            { operator: oneOf(["In", "NotIn"]), values: eachOf(between(0, 255)) },
            "operator",
          ),
        },
        "action",
        "exitCodes",
      ),
    ),
  ),
);

/** What every container is made of. */
const containerFields = {
  name: isLabel,
  terminationMessagePolicy: oneOfOrEmpty("File", "FallbackToLogsOnError"),
  ports: containerPorts,
  env: environmentVariables,
  envFrom: environmentFrom,
  volumeMounts: mounts,
  volumeDevices: rawDevices,
  imagePullPolicy: oneOfOrEmpty("Always", "IfNotPresent", "Never"),
  resources: containerResources,
  resizePolicy: since(33, resizePolicy),
  securityContext: containerSecurity,
  restartPolicyRules: since(35, restartRules),
};
const staying = { livenessProbe, readinessProbe, startupProbe: livenessProbe, lifecycle };
const requiredContainerFields = ["name", "image"] as const;

const regular = fields({ ...containerFields, ...staying }, ...requiredContainerFields);
const ending = all(fields(containerFields, ...requiredContainerFields), withoutProbes);

/** Up to 1.33, only what initialises a pod has restarts of its own, and these are of one sort; 1.34 leaves them out. */
const noOwnRestarts: Rule = (place, { report }) => {
  if ((valueAt(place.value, "restartPolicy") ?? null) !== null)
    report(
      at(place, "restartPolicy"),
      "restart-policy",
      "a container has no restarts of its own, but for Always, which keeps an init container running",
      "take it out",
    );
};

/** From 1.35 on, which restarts a container has of its own. */
const ownRestarts = fields({ restartPolicy: oneOf(["Always", "OnFailure", "Never"]) });

const rulesNeedPolicy: Rule = (place, { report }) => {
  const { value } = place;
  const [policy, count] = [valueAt(value, "restartPolicy"), listAt(value, "restartPolicyRules").length];
  if (count > 0 && policy === undefined)
    report(
      at(place, "restartPolicy"),
      "field-missing",
      "restartPolicy is missing, and there are rules for it",
      "state it",
    );
  if (count > 20)
    report(
      at(place, "restartPolicyRules"),
      "list-too-long",
      `there are ${count} rules, and 20 is the most`,
      "take some out",
    );
};

/** A container of the pod's own. */
export const container: Rule = regular;

/** A container that initialises the pod, or runs beside the others if it restarts always. */
export const initContainer: Rule = (place, look) => {
  const stays = isSidecar(place.value);
  (stays ? regular : ending)(place, look);
};

export const restarts: Rule = (place, look) => {
  if (look.minor < 34) noOwnRestarts(place, look);
  if (look.minor > 34) all(ownRestarts, rulesNeedPolicy)(place, look);
};

/** The ports of the node that containers take, each of one of them alone. */
export function hostPortsOnce(containers: readonly RulePlace[], { report }: Look): void {
  const taken = new Set<string>();
  for (const place of containers)
    for (const [step, value] of listAt(place.value, "ports").entries()) {
      const port = valueAt(value, "hostPort");
      if (typeof port !== "number" || port === 0) continue;
      const key = `${textAt(value, "protocol") ?? "TCP"}/${textAt(value, "hostIP") ?? ""}/${port}`;
      if (taken.has(key))
        report(
          { value, above: at(place, "ports"), step },
          "host-port-repeated",
          `the port ${port} of the node is taken by another container`,
          "choose another",
        );
      taken.add(key);
    }
}

/** Pods, unlike what makes them, take no image with space around it. */
export function trimmedImages(containers: readonly RulePlace[], { report }: Look): void {
  for (const place of containers) {
    const image = textAt(place.value, "image") ?? "";
    if (image.trim() !== image)
      report(at(place, "image"), "text-malformed", `${quoted(image)} has space around it`, "take it out");
  }
}
