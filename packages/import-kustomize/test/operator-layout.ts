import type { Files } from "./kustomize-folders.ts";

/**
 * The layout that operators are scaffolded with, as this one's own: a default that puts a prefix and a namespace over
 * CRDs, roles and the manager, tells Kustomize by `configurations` which fields of the CRDs are names, and patches the
 * manager.
 */
export const operatorLayout: Files = {
  "config/default/kustomization.yaml": `namespace: database-operator-system
namePrefix: database-operator-
labels:
- includeSelectors: true
  pairs: {team: storage}
resources: [../crd, ../rbac, ../manager, metrics-service.yaml]
patches:
- path: manager-metrics-patch.yaml
  target: {kind: Deployment}
- path: manager-config-patch.yaml
`,
  "config/default/metrics-service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: controller-manager-metrics-service
  namespace: system
  labels: {control-plane: controller-manager}
spec:
  ports:
  - {name: https, port: 8443, targetPort: 8443, protocol: TCP}
  selector: {control-plane: controller-manager}
`,
  "config/default/manager-metrics-patch.yaml": `- op: add
  path: /spec/template/spec/containers/0/args/-
  value: --metrics-bind-address=:8443
`,
  "config/default/manager-config-patch.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: controller-manager, namespace: system}
spec:
  template:
    spec:
      containers:
      - name: manager
        env: [{name: PREWARM, value: "false"}]
        resources: {limits: {memory: 1Gi}}
`,
  "config/crd/kustomization.yaml": `resources: [bases/databases.yaml]
configurations: [kustomizeconfig.yaml]
`,
  "config/crd/kustomizeconfig.yaml": `nameReference:
- kind: Service
  version: v1
  fieldSpecs:
  - {kind: CustomResourceDefinition, group: apiextensions.k8s.io, path: spec/conversion/webhook/clientConfig/service/name}
- kind: Secret
  version: v1
  fieldSpecs:
  - {kind: Database, group: db.example.com, path: spec/urlFrom/secretKeyRef/name}
namespace:
- {kind: CustomResourceDefinition, group: apiextensions.k8s.io, path: spec/conversion/webhook/clientConfig/service/namespace, create: false}
`,
  "config/crd/bases/databases.yaml": `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: databases.db.example.com}
spec:
  group: db.example.com
  names: {kind: Database, listKind: DatabaseList, plural: databases, singular: database}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties: {urlFrom: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`,
  "config/rbac/kustomization.yaml": `resources: [service-account.yaml, role.yaml, role-binding.yaml, leader-election-role.yaml, leader-election-role-binding.yaml]
`,
  "config/rbac/service-account.yaml": `apiVersion: v1
kind: ServiceAccount
metadata: {name: controller-manager, namespace: system}
`,
  "config/rbac/role.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: manager-role}
rules:
- apiGroups: [db.example.com]
  resources: [databases]
  verbs: [get, list, patch, update, watch]
`,
  "config/rbac/role-binding.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: manager-rolebinding}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: manager-role}
subjects: [{kind: ServiceAccount, name: controller-manager, namespace: system}]
`,
  "config/rbac/leader-election-role.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: leader-election-role, namespace: system}
rules:
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create, get, update]
`,
  "config/rbac/leader-election-role-binding.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: leader-election-rolebinding, namespace: system}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: leader-election-role}
subjects: [{kind: ServiceAccount, name: controller-manager, namespace: system}]
`,
  "config/manager/kustomization.yaml": `resources: [manager.yaml]
generatorOptions: {disableNameSuffixHash: true}
configMapGenerator:
- name: manager-config
  files: [controller.yaml]
images:
- {name: controller, newName: ghcr.io/example/database-operator, newTag: 1.2.3}
`,
  "config/manager/controller.yaml": "leaderElection: {leaderElect: true}\n",
  "config/manager/manager.yaml": `apiVersion: v1
kind: Namespace
metadata: {name: system, labels: {control-plane: controller-manager}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: controller-manager
  namespace: system
  labels: {control-plane: controller-manager}
spec:
  replicas: 1
  selector: {matchLabels: {control-plane: controller-manager}}
  template:
    metadata: {labels: {control-plane: controller-manager}}
    spec:
      serviceAccountName: controller-manager
      containers:
      - name: manager
        image: controller:latest
        args: [--leader-elect]
        env: [{name: PREWARM, value: "true"}]
        resources: {limits: {memory: 512Mi}}
        volumeMounts: [{name: config, mountPath: /config}]
      volumes: [{name: config, configMap: {name: manager-config}}]
`,
  "config/samples/kustomization.yaml": "resources: [database.yaml]\n",
  "config/samples/database.yaml": `apiVersion: db.example.com/v1
kind: Database
metadata: {name: sample}
spec: {urlFrom: {secretKeyRef: {name: credentials, key: url}}}
`,
};
