import { base, define, patch } from "@atlas/compose";
import type { ServiceAccount } from "kubernetes-types/core/v1.js";
import { configMap, deployment, roleBinding, service, spread } from "./fixtures.ts";

// What may be said.
patch(deployment, {
  spec: {
    replicas: 2,
    strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 } },
    template: {
      spec: {
        containers: {
          web: {
            image: "other",
            args: ["--port=80"],
            ports: { 8080: { name: "web" }, "53/UDP": null, $add: [{ containerPort: 9090 }] },
            env: { MODE: { value: "test" }, $add: [{ name: "NEW", value: "1" }] },
            volumeMounts: { "/tmp": { readOnly: true } },
          },
          proxy: null,
        },
        volumes: { tmp: { emptyDir: { sizeLimit: "64Mi" } } },
        topologySpreadConstraints: {
          $add: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" }],
        },
        initContainers: { $replace: [] },
      },
    },
  },
});
patch(service, { spec: { ports: { 80: { nodePort: 30080 }, $add: [{ port: 443 }] }, type: null } });
patch(configMap, { data: { color: "red", size: null, shape: "round" } });

// @ts-expect-error a misspelt field
patch(deployment, { spec: { replicaz: 2 } });
// @ts-expect-error the wrong type
patch(deployment, { spec: { replicas: "2" } });
// @ts-expect-error a container that the base does not have
patch(deployment, { spec: { template: { spec: { containers: { wep: { image: "x" } } } } } });
// @ts-expect-error a misspelt field of a container
patch(deployment, { spec: { template: { spec: { containers: { web: { imag: "x" } } } } } });
patch(deployment, {
  spec: {
    template: {
      spec: {
        containers: {
          web: {
            // @ts-expect-error a port that the container does not have
            ports: { 8081: { name: "x" } },
            // @ts-expect-error a variable that the container does not have
            env: { MODUS: { value: "x" } },
            // @ts-expect-error a mount that the container does not have
            volumeMounts: { "/var": { readOnly: true } },
          },
        },
      },
    },
  },
});
// @ts-expect-error a volume that the pod does not have
patch(deployment, { spec: { template: { spec: { volumes: { data: { emptyDir: {} } } } } } });
// @ts-expect-error a constraint that the pod does not have
patch(deployment, { spec: { template: { spec: { topologySpreadConstraints: { zone: { maxSkew: 2 } } } } } });
// @ts-expect-error a new element without what a container needs
patch(deployment, { spec: { template: { spec: { containers: { $add: [{ image: "x" }] } } } } });
// @ts-expect-error a keyed list is not given as a list
patch(deployment, { spec: { template: { spec: { containers: [{ name: "web" }] } } } });
// @ts-expect-error a field that Kubernetes requires cannot be removed
patch(deployment, { spec: { selector: null } });
// @ts-expect-error a service has no such port
patch(service, { spec: { ports: { 8080: { nodePort: 30080 } } } });
// @ts-expect-error the data of a ConfigMap is text
patch(configMap, { data: { color: 1 } });

// @ts-expect-error a field that the kind does not have
define<ServiceAccount>()({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "a" }, secret: [] });
// @ts-expect-error a misspelt field further down
define<ServiceAccount>()({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "a", lables: {} } });
// @ts-expect-error an object without a name
define<ServiceAccount>()({ apiVersion: "v1", kind: "ServiceAccount", metadata: {} });
// @ts-expect-error another kind
define<ServiceAccount>()({ apiVersion: "v1", kind: "Secret", metadata: { name: "a" } });

// Elements that share their first key are told apart by the second.
patch(spread, {
  spec: {
    template: {
      spec: { topologySpreadConstraints: { zone: { maxSkew: 2 }, "zone/DoNotSchedule": { minDomains: 2 } } },
    },
  },
});
patch(spread, {
  spec: {
    // @ts-expect-error the constraint is of another kind
    template: { spec: { topologySpreadConstraints: { "zone/ScheduleAnyway": { maxSkew: 2 } } } },
  },
});
patch(roleBinding, {
  subjects: {
    "shop/ServiceAccount": { namespace: "a" },
    "shop/User": null,
    $add: [{ kind: "Group", name: "admins" }],
  },
});
// @ts-expect-error a subject that the binding does not have
patch(roleBinding, { subjects: { shpo: null } });
// @ts-expect-error a subject of another kind
patch(roleBinding, { subjects: { "shop/Group": null } });
// @ts-expect-error an object that the base does not have has nothing to be patched by
patch(base({ resources: [] }).deployment, { spec: { replicas: 2 } });
