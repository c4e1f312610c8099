import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { recordFailure } from "@atlas/testing/recorded";

/** Files by their path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What a process ended with. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own with these files. */
export function folderOf(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function runScript(script: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Run {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const options = { encoding: "utf8", maxBuffer: 1 << 28, env } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@atlas/source", file, ...args],
    options,
  );
  recordFailure(status, stderr);
  return { status, stdout, stderr };
}

/** Imports a folder in a process of its own. */
export const importFolder = (folder: string, output: string, ...options: string[]): Run =>
  runScript("import.ts", [folder, "--output", output, ...options]);

/** The same where no program is installed. */
export const importWithoutPrograms = (folder: string, output: string): Run =>
  runScript("import.ts", [folder, "--output", output], { PATH: "/nowhere" });

/** The objects of a layer's module as YAML. */
export const composed = (module: string): Run => runScript("compose.ts", [module]);

/** An import of files into a new folder beside them. */
export function importOf(
  files: Files,
  ...options: string[]
): Run & { readonly source: string; readonly output: string } {
  const source = folderOf(files);
  const output = join(temporaryFolder(), "imported");
  return { ...importFolder(source, output, ...options), source, output };
}

/** The files of many folders, each in its own: one import takes them all, which saves starting it for each. */
export const together = (folders: Readonly<Record<string, Files>>): Files =>
  Object.fromEntries(
    Object.entries(folders).flatMap(([folder, files]) =>
      Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]),
    ),
  );

export const configMap = (name: string, rest = ""): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {key: value}\n${rest}`;

export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {note: 'a: "b"'}
spec:
  replicas: 1
  selector: {matchLabels: {tier: web}}
  template:
    metadata: {labels: {tier: web}}
    spec:
      containers:
      - name: web
        image: nginx
        command:
        - sh
        - -c
        - |
          echo "$HOME"
          exec nginx
        resources: {limits: {cpu: 1, memory: 1Gi}}
        envFrom: [{configMapRef: {name: settings}}]
        env: [{name: A, value: "1"}, {name: B, value: "2"}]
        ports:
        - {containerPort: 80, name: http}
        - {containerPort: 53, protocol: UDP, name: dns}
        - {containerPort: 53, protocol: TCP, name: dns-tcp}
        volumeMounts: [{name: tmp, mountPath: /tmp}]
      - name: side
        image: redis:6
      volumes: [{name: tmp, emptyDir: {}}]
`;

const crd = `# The gadgets, as their makers publish them.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets}
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
            x-kubernetes-preserve-unknown-fields: true
            properties:
              parts:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name]
                items: {type: object, properties: {name: {type: string}, size: {type: integer}}}
`;

/** A base, components and overlays on each other, with every feature that is imported. */
export const shop: Files = {
  "base/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [deployment.yaml, others.yaml, crd.yaml]
commonLabels: {app: shop}
generatorOptions:
  labels: {generated: "true"}
configMapGenerator:
- name: settings
  literals: [LEVEL=info, 'QUOTED="x"']
  files: [files/nginx.conf, logo=files/logo.bin]
  envs: [files/app.env]
secretGenerator:
- name: keys
  literals: [a=b]
  options: {disableNameSuffixHash: true, immutable: true}
images:
- {name: nginx, newTag: "1.25"}
`,
  "base/deployment.yaml": deployment,
  "base/files/app.env": "A=1\n# a comment\nB=2=3\n",
  "base/files/nginx.conf": "server {\n\tlisten 80; # `x` ${y} \\\n}\n",
  "base/files/logo.bin": new Uint8Array([0xff, 0xfe, 0, 1]),
  "base/crd.yaml": crd,
  "base/others.yaml": `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80, targetPort: http}], selector: {tier: web}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: web}, {kind: ServiceAccount, name: default}]
---
# A list, which Kustomize takes apart.
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {mode: "0644", yes: "on"}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: two, labels: {pick: me}}, data: {__proto__: x}}
---
apiVersion: example.com/v1
kind: Gadget
metadata: {name: gadget}
spec: {parts: [{name: a, size: 1}], more: {deep: [1, [2, 3], {x: null}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {serviceName: db, template: {spec: {containers: [{name: pg, image: "postgres:15"}]}}}
`,
  "components/tls/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [secret.yaml]
patches:
- target: {kind: Deployment, name: web}
  patch: |-
    - op: add
      path: /spec/template/spec/volumes/-
      value: {name: tls, secret: {secretName: tls}}
`,
  "components/tls/secret.yaml": `apiVersion: v1
kind: Secret
metadata: {name: tls}
stringData: {crt: certificate}
`,
  "components/debug/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
commonAnnotations: {debug: "on"}
configMapGenerator:
- {name: settings, behavior: merge, literals: [LEVEL=debug]}
`,
  "overlays/dev/kustomization.yaml": `resources: [../../base]
components: [../../components/debug, ../../components/tls]
namespace: dev
labels:
- {pairs: {env: dev}, includeTemplates: true}
patches:
- target: {kind: (Deployment|StatefulSet)}
  patch: |-
    apiVersion: apps/v1
    kind: Any
    metadata: {name: any}
    spec: {minReadySeconds: 5}
- target: {labelSelector: "pick in (me, you)"}
  patch: |-
    $patch: delete
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: any}
- target: {kind: Service|ServiceAccount}
  patch: |-
    - {op: add, path: /metadata/labels/extra, value: "yes"}
images:
- {name: nginx, newName: registry.example.com/nginx}
`,
  "overlays/prod/kustomization.yml": `bases: [../../base]
components: [../../components/tls]
namespace: prod
patchesStrategicMerge:
- patches/web.yaml
- |-
  apiVersion: example.com/v1
  kind: Gadget
  metadata: {name: gadget}
  spec: {parts: [{name: b, size: 2}], more: null}
patchesJson6902:
- target: {group: apps, version: v1, kind: Deployment, name: web}
  path: patches/operations.yaml
patches:
- path: patches/again.yaml
replicas: [{name: web, count: 5}]
images: [{name: postgres, digest: "sha256:${"0".repeat(64)}"}]
`,
  "overlays/prod/patches/web.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: {type: Recreate}
  template:
    spec:
      nodeSelector: {disk: ssd}
      containers:
      - name: web
        env: [{name: A, value: "9"}, {name: B, $patch: delete}, {name: C, value: "3"}]
        ports: [{containerPort: 53, protocol: UDP, $patch: delete}]
        resources: {limits: {cpu: 2}}
      - {name: extra, image: busybox}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, ports: [{port: 80, nodePort: 30080}]}
`,
  "overlays/prod/patches/again.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 4, template: {spec: {containers: [{name: extra, tty: true}]}}}
`,
  "overlays/prod/patches/operations.yaml": `- {op: replace, path: /metadata/namespace, value: prod}
- {op: add, path: /metadata/labels/x, value: "1"}
- {op: test, path: /spec/replicas, value: 4}
`,
  "overlays/staging/Kustomization": `resources: [../prod, extra.json]
namespace: staging
configMapGenerator:
- {name: settings, behavior: replace, literals: [ONLY=this]}
secretGenerator:
- {name: keys, behavior: merge, literals: [c=d]}
patches:
- target: {kind: ConfigMap, name: settings}
  patch: |-
    - {op: add, path: /data/more, value: x}
`,
  "overlays/staging/extra.json": JSON.stringify({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "extra" },
    data: { a: "b" },
  }),
  "overlays/all/kustomization.yaml": `resources: [../../base, ../../cache]
namespace: all
commonAnnotations: {team: shop}
`,
  "cache/kustomization.yaml": "resources: [cache.yaml]\nnamespace: cache\n",
  "cache/cache.yaml": configMap("cache"),
};
