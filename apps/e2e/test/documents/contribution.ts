/** A small CustomResourceDefinition of a kind. */
export const crd = (kind: string): string => {
  const name = kind.toLowerCase();
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name}s.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: ${kind}, listKind: ${kind}List, plural: ${name}s, singular: ${name} }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            spec: { type: object, required: [size], properties: { size: { type: integer, minimum: 1 } } }
`;
};

/** A file of the base. */
export const settings = `import { define } from "@atlas/compose";
import type { ConfigMap } from "kubernetes-types/core/v1.js";

export const settings = define<ConfigMap>()({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings" },
  data: { greeting: "hello" },
});
`;

/** A patch of an environment: a change of an element, and a new one. */
export const deploymentPatch = `import { patch } from "@atlas/compose";
import { deployment as target } from "../../../base/deployment.ts";

export const deployment = patch(target, {
  spec: {
    template: {
      spec: {
        containers: { manager: { imagePullPolicy: "Always" } },
        volumes: { $add: [{ name: "scratch", emptyDir: {} }] },
      },
    },
  },
});
`;

/** A command of `atlas-render`. */
export const hello = `/** Greets. */
export const hello = (): Promise<string> => Promise.resolve("Hello.\\n");
`;
