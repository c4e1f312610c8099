import { define } from "@atlas/compose";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import { operator } from "../operator.ts";
import { serviceAccount } from "./service-account.ts";

export const deployment = define<Deployment>()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: operator.name },
  spec: {
    replicas: 1,
    revisionHistoryLimit: 1,
    selector: { matchLabels: operator.labels },
    template: {
      metadata: { labels: operator.labels },
      spec: {
        serviceAccountName: serviceAccount.metadata.name,
        automountServiceAccountToken: true,
        securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "manager",
            securityContext: {
              privileged: false,
              allowPrivilegeEscalation: false,
              capabilities: { drop: ["ALL"] },
              readOnlyRootFilesystem: true,
              runAsUser: operator.user,
              runAsNonRoot: true,
              seccompProfile: { type: "RuntimeDefault" },
            },
            // The base's image record puts mirror, version and digest here.
            image: operator.image.name,
            imagePullPolicy: "IfNotPresent",
            command: ["/manager"],
            args: ["--leader-elect"],
            ports: [operator.ports.metrics, operator.ports.health],
            readinessProbe: {
              httpGet: { path: "/readyz", port: operator.ports.health.name },
              initialDelaySeconds: 5,
              periodSeconds: 10,
            },
            livenessProbe: {
              httpGet: { path: "/healthz", port: operator.ports.health.name },
              initialDelaySeconds: 15,
              periodSeconds: 20,
            },
            // Every reconcile makes a working directory below /tmp; without it probes stay green and nothing works.
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          },
        ],
        volumes: [{ name: "tmp", emptyDir: { medium: "Memory" } }],
      },
    },
  },
});
