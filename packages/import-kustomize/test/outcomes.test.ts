import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { base } from "@atlas/compose";
import { temporaryFolder } from "@atlas/testing";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { compareLayer } from "../src/proof/proof.ts";
import {
  composed,
  configMap,
  deployment,
  folderOf,
  importFolder,
  importOf,
  together,
  type Files,
} from "./kustomize-folders.ts";
import { operatorLayout } from "./operator-layout.ts";

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");
const pod = (name: string, rest: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n  - ${rest}\n`;
/** What SOPS writes beside the fields of an object. */
const sops =
  'sops: {mac: "ENC[AES256_GCM,type:str]", lastmodified: "2030-01-01T00:00:00Z", version: 3.9.0}\n';
const service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";

/** What the sources have no words for: its files, what stands in the sources, and where. */
const outcomes: Readonly<Record<string, { files: Files; file: string; says: RegExp }>> = {
  vars: {
    files: {
      "kustomization.yaml":
        "resources: [a.yaml, s.yaml]\nnamePrefix: x-\nvars:\n- name: HOST\n  objref: {kind: Service, name: web, apiVersion: v1}\n",
      "a.yaml": pod("a", '{name: a, image: b, args: ["$(HOST)"]}'),
      "s.yaml": service,
    },
    file: "patches/pod-outcome.ts",
    says: /args: \["x-web"\]/,
  },
  "growing-list": {
    files: {
      "kustomization.yaml": `resources: [a.yaml, s.yaml]
secretGenerator: [{name: keys, literals: [key=abcdef]}]
replacements:
- source: {kind: Service, name: web}
  targets:
  - select: {kind: Pod}
    fieldPaths: ["spec.containers.0.env.[name=HOST].value"]
    options: {create: true}
`,
      "a.yaml": pod(
        "a",
        "{name: a, image: b, env: [{name: KEY, valueFrom: {secretKeyRef: {name: keys, key: key}}}]}",
      ),
      "s.yaml": service,
    },
    file: "patches/pod-outcome.ts",
    says: /op: "add", path: "\/spec\/containers\/0\/env\/1"/,
  },
  "generated-name": {
    files: {
      "kustomization.yaml":
        "resources: [a.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\ntransformers: [t.yaml]\n",
      "a.yaml": pod("a", "{name: a, image: b}"),
      "t.yaml":
        'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: t}\ntarget: {kind: Pod}\npatch: \'[{"op": "add", "path": "/spec/containers/0/envFrom", "value": [{"configMapRef": {"name": "settings"}}]}]\'\n',
    },
    file: "patches/pod-outcome.ts",
    says: /configMapRef: \{ name: "settings" \}/,
  },
  configurations: {
    files: {
      "kustomization.yaml": "resources: [a.yaml, w.yaml]\nnamePrefix: x-\nconfigurations: [c.yaml]\n",
      "a.yaml": configMap("a"),
      "c.yaml": "nameReference:\n- kind: ConfigMap\n  fieldSpecs: [{kind: Widget, path: spec/configName}]\n",
      "w.yaml": "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {configName: a}\n",
    },
    file: "patches/widget-outcome.ts",
    says: /configName: "x-a"/,
  },
  transformers: {
    files: {
      "kustomization.yaml": "resources: [a.yaml]\ntransformers: [t.yaml]\n",
      "a.yaml": configMap("a"),
      "t.yaml":
        "apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: {name: t}\nannotations: {team: db}\nfieldSpecs: [{path: metadata/annotations, create: true}]\n",
    },
    file: "patches/a-outcome.ts",
    says: /annotations: \{ team: "db" \}/,
  },
  generators: {
    files: {
      "kustomization.yaml": "generators: [g.yaml]\n",
      "g.yaml": "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g}\nliterals: [a=b]\n",
    },
    file: "g-4h2mbtbbt6.ts",
    says: /data: \{ a: "b" \}/,
  },
  "build-metadata": {
    files: {
      "kustomization.yaml": "resources: [a.yaml]\nbuildMetadata: [managedByLabel]\n",
      "a.yaml": configMap("a"),
    },
    file: "patches/a-outcome.ts",
    says: /"app\.kubernetes\.io\/managed-by": "kustomize-/,
  },
  "label-fields": {
    files: {
      "kustomization.yaml":
        "resources: [w.yaml]\nlabels:\n- pairs: {team: db}\n  fields: [{kind: Widget, path: spec/labels, create: true}]\n",
      "w.yaml": "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {}\n",
    },
    file: "patches/widget-outcome.ts",
    says: /labels: \{ team: "db" \}|value: \{ team: "db" \}/,
  },
  "tag-suffix": {
    files: {
      "kustomization.yaml": "resources: [a.yaml]\nimages: [{name: b, tagSuffix: -x}]\n",
      "a.yaml": pod("a", '{name: a, image: "b:1"}'),
    },
    file: "patches/pod-outcome.ts",
    says: /image: "b:1-x/,
  },
  "name-change": {
    files: {
      "kustomization.yaml":
        "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  options: {allowNameChange: true}\n  patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: other}\n    data: {key: changed}\n",
      "a.yaml": configMap("a"),
    },
    file: "other.ts",
    says: /metadata: \{ name: "other" \}/,
  },
  "namespace-change": {
    files: {
      "kustomization.yaml":
        "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |\n    - {op: replace, path: /metadata/namespace, value: elsewhere}\n    - {op: replace, path: /data/key, value: changed}\n",
      "a.yaml": configMap("a").replace("{name: a}", "{name: a, namespace: here}"),
    },
    file: "a.ts",
    says: /namespace: "here"/,
  },
  "version-change": {
    files: {
      "kustomization.yaml":
        "resources: [a.yaml]\npatches:\n- target: {kind: Widget}\n  patch: |\n    - {op: replace, path: /apiVersion, value: example.com/v2}\n",
      "a.yaml": "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n",
    },
    file: "index.ts",
    says: /a patch that gives an object another identity/,
  },
  "secret-patch": {
    files: {
      "kustomization.yaml":
        "resources: [a.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: a}\n    stringData: {key: hunter2}\n",
      "a.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {key: hunter1}\n",
    },
    file: "index.ts",
    says: /a patch of a Secret's values/,
  },
};

describe.skipIf(withoutKubectl)(
  "what the sources have no words for is taken from what Kustomize builds",
  () => {
    let run: ReturnType<typeof importOf>;
    beforeAll(() => {
      const files = Object.entries(outcomes).flatMap(([name, each]) =>
        Object.entries(each.files).map(([path, content]) => [`${name}/${path}`, content] as const),
      );
      // What stands on such a kustomization is settled as well.
      const over = { "over/kustomization.yaml": "resources: [../vars]\nnamePrefix: y-\n" };
      run = importOf({ ...Object.fromEntries(files), ...over });
    }, 120_000);

    test("everything comes to the same objects", () => {
      expect(run.stdout).not.toMatch(/theirs|only ours/);
      expect(run.stdout.match(/: same: /g)).toHaveLength(Object.keys(outcomes).length + 1);
      expect(run.status).toBe(0);
    });

    test.each(Object.entries(outcomes))("%s", (name, { file, says }) => {
      const folder = name === "vars" ? "base" : `overlays/${name}`;
      expect(read(run.output, `${folder}/${file}`)).toMatch(says);
      expect(run.stderr).toMatch(
        new RegExp(`${name}/kustomization\\.yaml:\\d+: note: .*taken from what Kustomize`),
      );
      expect(read(run.output, `${folder}/index.ts`)).toContain("// What Kustomize makes of ");
    });

    test("no value of a Secret stands in TypeScript", () => {
      expect(withValue(run.output, /hunter\d/)).toEqual([
        "overlays/secret-patch/a.yaml",
        "overlays/secret-patch/secret.yaml",
      ]);
    });
  },
);

/** The files that hold a text. */
const withValue = (folder: string, value: RegExp): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && value.test(read(entry.parentPath, entry.name)))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

const secretOf = (text: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "a" },
  stringData: { key: text },
});

describe.skipIf(withoutKubectl)("the values of Secrets", () => {
  const files = {
    "kustomization.yaml": `resources: [a.yaml, s.yaml]
secretGenerator:
- name: generated
  envs: [.env]
  literals: [LITERAL=hunter-l, "LINES=hunter-1\\nhunter-2"]
  files: [tls.key, blob=b in.bin]
`,
    ".env": "# comment\nPASSWORD=hunter-e\n",
    "tls.key": "hunter-k\n",
    "b in.bin": new Uint8Array([0xff, 0xfe]),
    "a.yaml": pod("a", "{name: a, image: b, envFrom: [{secretRef: {name: generated}}]}"),
    "s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: plain}\nstringData: {key: hunter-s}\n",
  };
  let run: ReturnType<typeof importOf>;
  beforeAll(() => {
    run = importOf(together({ app: files }));
  }, 120_000);

  test("stay in their files, which are named by URL, and are said", () => {
    expect(run.stdout).toMatch(/same: 3 objects/);
    const folder = readdirSync(join(run.output, "overlays"))[0] ?? "";
    expect(withValue(run.output, /hunter/)).toEqual(
      ["generated.LINES", "generated.env", "plain.yaml"].map((name) => `overlays/${folder}/${name}`),
    );
    expect(read(run.output, `overlays/${folder}/generated.ts`)).toMatch(
      /env: \[\s*new URL\(".*\/\.env", import\.meta\.url\),\s*new URL\("\.\/generated\.env"/,
    );
    expect(run.stderr).toContain("its values stay in .env, tls.key, b in.bin, read when it is rendered");
  });

  test("go into no other object of TypeScript, however they get there, nor do layers above miss it", () => {
    const pods = ["by-var", "by-name", "none"]
      .map((name) => pod(name, `{name: a, image: b, args: ["$(PW)"], env: [{name: PW, value: ""}]}`))
      .map((text, index) => (index === 0 ? text : text.replace("$(PW)", "")));
    const { output, stdout, stderr, status } = importOf({
      "base/kustomization.yaml": `resources: [a.yaml]
secretGenerator: [{name: keys, literals: [pw=hunter-long, pin=hunter2]}]
`,
      "base/a.yaml": pods.join("---\n"),
      "over/kustomization.yaml": `resources: [../base]
vars: [{name: PW, objref: {kind: Secret, name: keys, apiVersion: v1}, fieldref: {fieldpath: data.pw}}]
replacements:
- source: {kind: Secret, name: keys, fieldPath: data.pin, options: {delimiter: d, index: 0}}
  targets: [{select: {name: by-name}, fieldPaths: [spec.containers.0.env.0.value]}]
`,
      "top/kustomization.yaml":
        "resources: [../over]\nnamespace: top\nnamePrefix: x-\nimages: [{name: b, newTag: v2}]\n",
    });
    expect(stdout).toMatch(/^overlays\/top: same: 4 objects$/m);
    expect(stderr).toMatch(/Pod\/by-var: .*it has got a value of a Secret[^]*Pod\/by-name: .*it has got/);
    const secret = ["hunter-long", "hunter2"].map((text) => Buffer.from(text).toString("base64"));
    const part = secret[1]?.split("d")[0] ?? "";
    expect(withValue(output, new RegExp(`hunter|${secret.join("|")}|\\b${part}\\b`))).toEqual([
      "base/keys.env",
      "overlays/over/by-name.yaml",
      "overlays/over/by-var.yaml",
    ]);
    expect(stderr).not.toContain("matches no container");
    expect(status).toBe(0);
  });

  test("are not printed where they differ", () => {
    const { differences } = compareLayer(base({ resources: [secretOf("hunter1")] }), [secretOf("hunter2")]);
    expect(differences).toEqual(["Secret/a: stringData.key: theirs (a secret value), ours (a secret value)"]);
  });

  test("are read when they are rendered, and missed by name", () => {
    const [folder = ""] = readdirSync(join(run.output, "overlays"));
    const render = () => composed(join(run.output, "overlays", folder, "index.ts"));
    expect(render().stdout).toContain(`PASSWORD: ${Buffer.from("hunter-e").toString("base64")}`);
    rmSync(join(run.source, "app/tls.key"));
    const missing = render();
    expect(missing.stderr).toMatch(/a file of the content cannot be read: .*tls\.key/);
    expect(missing.status).not.toBe(0);
  });
});

const commented = (name: string, value: string) =>
  `# mine\napiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\nstringData: {key: ${value}}\n`;

describe.skipIf(withoutKubectl)("what kubectl's two readers make of plain scalars", () => {
  const values =
    "{a: yes, b: 2024-01-01, c: 2024-01-01T10:00:00Z, d: 0X1F, e: -0b11, f: 1_000, g: 0o17, h: off}";

  test("is imported as Kustomize reads it", () => {
    const { stdout, status } = importOf({
      "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]\n",
      "a.yaml": `apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: ${values}\n`,
      "p.yaml": `apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nmore: ${values}\n`,
    });
    expect([stdout, status]).toEqual([expect.stringMatching(/same: 1 object/), 0]);
  });

  test("a file that would be read in two ways is not copied as it is", () => {
    const { output } = importOf({
      "kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
      "a.yaml": commented("a", "off"),
      "b.yaml": commented("b", "'off'"),
    });
    const [folder = ""] = readdirSync(join(output, "overlays"));
    expect(read(output, `overlays/${folder}/a.yaml`)).toMatch(/^apiVersion[^]*key: "off"\n/);
    expect(read(output, `overlays/${folder}/b.yaml`)).toBe(commented("b", "'off'"));
  });
});

describe.skipIf(withoutKubectl)("what Kustomize takes and says nothing is left out:", () => {
  const patches = {
    "an empty spec": "spec: {}",
    "empty objects within": "spec: {securityContext: {}}",
    "no elements": "spec: {containers: []}",
  };
  test.each(Object.entries(patches))("%s", (_what, body) => {
    const { stdout, status, output } = importOf({
      "kustomization.yaml":
        "resources: [a.yaml]\npatches: [{path: p.yaml}]\nlabels: [{pairs: {}}]\nreplicas: []\nimages: [{name: b}]\n",
      "a.yaml": pod("a", "{name: a, image: b}\n  securityContext: {runAsNonRoot: true}"),
      "p.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n${body}\n`,
    });
    expect([stdout, status]).toEqual([expect.stringMatching(/same: 1 object/), 0]);
    const [folder = ""] = readdirSync(join(output, "overlays"));
    expect(read(output, `overlays/${folder}/index.ts`)).not.toMatch(/patches|labels|replicas|images/);
  });
});

const moved = (space: string) => `resources: [a.yaml]\nnamespace: ${space}\n`;

describe.skipIf(withoutKubectl)("--partial", () => {
  const files = {
    "base/kustomization.yaml": "resources: [a.yaml]\n",
    "base/a.yaml": configMap("a"),
    "good/kustomization.yaml": "resources: [../base]\nnamespace: good\n",
    "bad/kustomization.yaml": "resources: [../base]\nnamespace: Bad_1\n",
    "over/kustomization.yaml": "resources: [../bad]\nnamePrefix: x-\n",
    "broken/kustomization.yaml": "resources: [gone.yaml]\n",
  };

  test("leaves what cannot be imported as Kustomize builds it, and leaves out what it does not build", () => {
    const { status, stdout, stderr, output } = importOf(files, "--partial");
    expect(stdout.trimEnd().split("\n").toSorted()).toEqual([
      "base: same: 1 objects",
      "overlays/bad: left as Kustomize builds it: 1 objects",
      "overlays/good: same: 1 objects",
      "overlays/over: same: 1 objects",
    ]);
    expect(stderr).toMatch(/bad\/kustomization\.yaml:2: note: left as Kustomize builds it: "Bad_1"/);
    expect(stderr).toMatch(/broken: note: left out: kubectl kustomize refuses the folder/);
    expect(read(output, "overlays/bad/index.ts")).toContain(
      "// Left as Kustomize builds it: bad/kustomization",
    );
    expect(read(output, "overlays/bad/a.yaml")).toContain("namespace: Bad_1");
    expect(read(output, "README.md")).toContain("left as Kustomize builds it");
    expect(status).toBe(1);
  });

  test("leaves a layer whose objects do not go together", () => {
    const { status, stdout, stderr } = importOf(
      {
        "one/kustomization.yaml": moved("one"),
        "one/a.yaml": configMap("a"),
        "two/kustomization.yaml": moved("two"),
        "two/a.yaml": configMap("a"),
        "over/kustomization.yaml":
          "resources: [../one, ../two]\nconfigMapGenerator: [{name: c, literals: [a=b]}]\nsecretGenerator: [{name: s, literals: [a=b]}]\n",
      },
      "--partial",
    );
    expect(stdout).toBe(
      "bases/one: same: 1 objects\nbases/two: same: 1 objects\noverlays/over: left as Kustomize builds it: 4 objects\n",
    );
    expect(stderr).toMatch(/over\/kustomization\.yaml:1: note: left as .* the object states no namespace/);
    expect(status).toBe(1);
  });

  test("ends with 1 where a whole overlay is left out", () => {
    const { status, stdout } = importOf(
      {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": configMap("a"),
        "over/kustomization.yaml": "resources: [../base, gone.yaml]\n",
      },
      "--partial",
    );
    expect([status, stdout]).toEqual([1, "base: same: 1 objects\n"]);
  });

  test("writes nothing where nothing can be imported", () => {
    const { status, stdout } = importOf({ "kustomization.yaml": "resources: [gone.yaml]\n" }, "--partial");
    expect([status, stdout]).toEqual([2, ""]);
  });

  test("without it nothing is written", () => {
    expect(importOf(files).status).toBe(2);
  });
});

describe.skipIf(withoutKubectl)("an operator's own layout", () => {
  test("comes to the same objects", () => {
    const { status, stdout, output } = importOf(operatorLayout);
    expect(stdout.trimEnd().split("\n").toSorted()).toEqual([
      "bases/crd: same: 1 objects",
      "bases/manager: same: 3 objects",
      "bases/rbac: same: 5 objects",
      "overlays/default: same: 10 objects",
      "overlays/samples: same: 1 objects",
    ]);
    expect(read(output, "overlays/default/index.ts")).toContain('namePrefix: "database-operator-"');
    expect(status).toBe(0);
  });
});

const widgets = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec: {group: example.com, names: {kind: Widget, plural: widgets}, scope: Cluster, versions: []}
`;

describe.skipIf(withoutKubectl)("names and texts", () => {
  const table: Readonly<Record<string, { files: Files; stdout?: RegExp; stderr?: RegExp }>> = {
    "a component that lists a folder under resources": {
      files: {
        "over/kustomization.yaml": "resources: [../base]\ncomponents: [../part]\nnamespace: prod\n",
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": configMap("a"),
        "part/kustomization.yaml":
          "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [../more, own.yaml]\npatches: [{path: p.yaml}]\n",
        "part/own.yaml": configMap("own"),
        "part/p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata: {key: other}\n",
        "more/kustomization.yaml": "resources: [more.yaml]\n",
        "more/more.yaml": configMap("more"),
      },
      stdout: /^overlays\/over: same: 3 objects$/m,
      stderr: /^written\n$/,
    },
    "one whose folder changes its objects, and generates some": {
      files: {
        "over/kustomization.yaml": "resources: [../base]\ncomponents: [../part]\n",
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": configMap("a"),
        "part/kustomization.yaml":
          "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [../more]\nlabels: [{pairs: {a: b}}]\n",
        "more/kustomization.yaml":
          "resources: [more.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{name: g, literals: [a=b]}]\n",
        "more/more.yaml": configMap("more"),
      },
      stdout: /^overlays\/over: same: 3 objects$/m,
      stderr: /note: the component declares it anew/,
    },
    "a ServiceAccount in a binding without its namespace, which the API server refuses": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml":
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a, namespace: system}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\nsubjects: [{kind: ServiceAccount, name: daemon}]\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: daemon, namespace: system}\n",
      },
      stdout:
        /^\S+: same: 2 objects \(but for their namespace, which Kustomize leaves open: the subjects of RoleBinding\/a in system\)$/m,
    },
    "a namespace over objects of the cluster, which have none": {
      files: {
        "kustomization.yaml": "resources: [a.yaml]\nnamespace: over\n",
        "a.yaml": `${configMap("a")}---
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: flow, namespace: system}
spec: {priorityLevelConfiguration: {name: exempt}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: w}
---
${widgets}`,
      },
      stdout:
        /^\S+: same: 4 objects \(but for a namespace, which objects of the cluster do not have: Widget\/w, FlowSchema\/flow\)$/m,
    },
    "what is removed although it is still named, as what another program makes": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": `${deployment.replace("{name: tmp, emptyDir: {}}", "{name: tmp, secret: {secretName: cert}}")}---
apiVersion: v1
kind: Secret
metadata: {name: cert}
`,
        "over/kustomization.yaml":
          "resources: [../base]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: cert}\n    $patch: delete\n",
      },
      stderr: /^(?!.*removed)/,
    },
    "a Namespace, and its patch, beside a namespace that values follow": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": `${service}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: system}\n`,
        "over/kustomization.yaml": `resources: [../base, own.yaml]
namespace: shop
namePrefix: x-
patches:
- {target: {kind: Namespace}, patch: '[{"op": "add", "path": "/metadata/labels", "value": {"to": "be"}}]'}
replacements:
- source: {kind: Service, fieldPath: metadata.namespace}
  targets:
  - {select: {kind: Namespace}, fieldPaths: [metadata.labels.to]}
  - {select: {kind: ConfigMap}, fieldPaths: [data.key]}
- source: {kind: Namespace, fieldPath: kind}
  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.kind], options: {create: true}}]
`,
        "over/own.yaml": configMap("name-prefix"),
      },
      stderr: /^written\n$/,
    },
    "an image whose tag is put in later, beside objects that stand in the namespace of the layer below": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\nnamespace: shop\n",
        "base/a.yaml": pod("a", "{name: a, image: web}"),
        "over/kustomization.yaml":
          "resources: [../base, b.yaml]\nimages: [{name: web, newName: example.com/web, newTag: '${TAG}'}]\n",
        "over/b.yaml": configMap("b"),
      },
      stdout:
        /^\S+: same: 2 objects \(but for their namespace, which Kustomize leaves open: ConfigMap\/b in shop\)$/m,
      stderr: /an image transform that names no image of a registry \(got "\$\{TAG\}"\)/,
    },
    "an image that other containers have already": {
      files: {
        "kustomization.yaml": "resources: [a.yaml]\nimages: [{name: one, newName: two, newTag: v1}]\n",
        "a.yaml": pod("a", '{name: a, image: "one:1"}\n  - {name: b, image: "two:2"}'),
      },
      stderr: /the image "two", which some containers have already/,
    },
    "operations in other words than those of RFC 6902": {
      files: {
        "kustomization.yaml": `resources: [a.yaml]
patches:
- target: {kind: Pod}
  patch: |
    - {op: replace, path: /metadata/labels, value: {a: b}}
    - {op: replace, path: /metadata/labels/c~1d, value: e}
    - {op: add, path: /spec/containers/-1/args/-1, value: last}
    - {op: add, path: /spec/containers/-1/args/-2, value: before the last}
    - {op: remove, path: /spec/containers/-2/args/-1}
    - {op: copy, from: /spec/containers/-1/args/-1, path: /spec/containers/0/args/-1}
    - {op: replace, path: /spec/containers/-2/args/-2, value: z}
`,
        "a.yaml": pod("a", "{name: a, image: b, args: [x, y]}\n  - {name: b, image: b, args: [x, y]}"),
      },
      stderr:
        /Pod\/a: .*"\/metadata\/labels" is not there to be replaced[^]*"\/metadata\/labels\/c~1d" is not there to be replaced, so the patch adds it$/m,
    },
    "patterns as Go reads them, which take no more than linear time": {
      files: {
        "kustomization.yaml": `resources: [a.yaml, p.yaml]
patches:
${["(a+)+$", "(?i)UPPER", "[[:alpha:]]{3}-posix", String.raw`\Qquo.ted\E`]
  .map(
    (name, index) =>
      `- {target: {name: '${name}'}, patch: '[{"op": "add", "path": "/data/x${index}", "value": "y"}]'}`,
  )
  .join("\n")}
images: [{name: (a+)+c, newTag: x}]
`,
        "a.yaml": [`${"a".repeat(60)}b`, "upper", "abc-posix", "quo.ted"]
          .map((name) => configMap(name))
          .join("---\n"),
        "p.yaml": pod("p", `{name: a, image: ${"a".repeat(60)}}`),
      },
      stdout: /: same: 5 objects$/m,
    },
    "elements of one key, as the API server takes them, and annotations that are empty": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\nnamespace: x\nlabels: [{pairs: {a: b}}]\n",
        "base/a.yaml": pod(
          "p",
          '{name: a, image: b, env: [{name: A, value: "1"}, {name: A, value: "2"}], ports: [{containerPort: 80, name: x}, {containerPort: 80, name: y}]}',
        )
          .replace("{name: p}", "{name: p, annotations: {}}")
          .concat("---\n", configMap("c").replace("{name: c}", "{name: c, annotations: null}")),
        "over/kustomization.yaml":
          "resources: [../base]\nnamePrefix: y-\nimages: [{name: b, newTag: v2}]\nbuildMetadata: [managedByLabel]\n",
      },
      stdout: /^overlays\/over: same: 2 objects$/m,
      stderr: /Pod\/p: .*kept as YAML: the list has an element "A" already/,
    },
    "objects with and without a namespace, as far as a render refuses them": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": ["a", "b, namespace: x", "c"].map((name) => configMap(name)).join("---\n"),
        "over/kustomization.yaml": "resources: [../base]\nnamespace: x\n",
        "under/kustomization.yaml": "resources: [../base]\nlabels: [{pairs: {a: b}}]\n",
      },
      stderr:
        /^import: ConfigMap\/a: metadata\.namespace: [^ ]*\/under\/kustomization\.yaml:1: note: .*which a render of overlays\/under refuses; so it is with 1 more\n(?![^]*refuses)/,
    },
    "what SOPS has encrypted": {
      files: {
        "base/kustomization.yaml": "resources: [s.yaml, c.yaml, w.yaml]\nnamespace: x\n",
        "base/s.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {key: "ENC[AES256_GCM]"}\n${sops}`,
        "base/c.yaml": `${configMap("c")}${sops}`,
        "base/w.yaml": `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n${sops}`,
        "over/kustomization.yaml": "resources: [../base]\nnamePrefix: y-\nlabels: [{pairs: {a: b}}]\n",
      },
      stdout: /^overlays\/over: same: 3 objects$/m,
      stderr:
        /Secret\/s: .*kept as YAML: SOPS has encrypted it[^]*ConfigMap\/c: .*kept as YAML[^]*Widget\/w: .*kept as YAML/,
    },
    "placeholders that something puts values into after Kustomize": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml, i.yaml]\n",
        "base/a.yaml": deployment.replace("replicas: 1", "replicas: ${REPLICAS:=2}"),
        "base/i.yaml":
          "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: '${APP}'}\nspec: {accessModes: ['${MODE}'], resources: {requests: {storage: '${SIZE}'}}}\n",
        "over/kustomization.yaml":
          "resources: [../base]\nnamespace: x\nlabels: [{pairs: {a: b}}]\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {template: {spec: {containers: [{name: web, tty: true}]}}}\n",
      },
      stdout: /^overlays\/over: same: 2 objects$/m,
      stderr: /Deployment\/web: spec\.replicas: .*kept as YAML: got "\$\{REPLICAS:=2\}"[^]*--no-validate/,
    },
    "names that become such above, as those of a component's Namespace": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": configMap("-c"),
        "component/kustomization.yaml": "kind: Component\nresources: [n.yaml]\n",
        "component/n.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: _}\n",
        "over/kustomization.yaml":
          "resources: [../base]\ncomponents: [../component]\nnamespace: x\nnamePrefix: my\n",
      },
      stdout: /^overlays\/over: same: 2 objects$/m,
      stderr: /ConfigMap\/-c: .*note: kept as YAML: [^]*Namespace\/_: .*note: kept as YAML: /,
    },
    "placeholders in what the kustomizations say": {
      files: {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": `${deployment}---\n${configMap("c")}`,
        ...Object.fromEntries(
          [
            "namespace: ${NS}",
            "namePrefix: ${ENV}-",
            "nameSuffix: -${ENV}",
            "labels: [{pairs: {env: '${ENV}'}}]",
            "commonLabels: {env: '${ENV}'}",
            "commonAnnotations: {env: '${ENV}'}",
            "configMapGenerator: [{name: '${APP}-c', literals: [a=b]}]",
            "secretGenerator: [{name: '${APP}-s', literals: [a=b]}]",
            "images: [{name: nginx, newTag: '${TAG}'}]",
            "patches:\n- target: {kind: Deployment}\n  patch: |\n    - {op: replace, path: /spec/replicas, value: '${N}'}",
            "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {replicas: '${N}'}",
          ].map((says, index) => [`over-${index}/kustomization.yaml`, `resources: [../base]\n${says}\n`]),
        ),
      },
      stdout: /^(?:.*: same: .*\n){12}$/,
      stderr: /a placeholder in namespace has no counterpart[^]*a patch that puts in a placeholder has no/,
    },
    "two image records that lead to one repository": {
      files: {
        "kustomization.yaml":
          "resources: [a.yaml]\nimages: [{name: one, newName: x/y, newTag: v1}, {name: two, newName: x/y, newTag: v2}]\n",
        "a.yaml": pod("a", "{name: a, image: one}\n  - {name: b, image: two}"),
      },
      stderr: /a pair of image records that lead to one repository has no counterpart/,
    },
    "a block of text at the end of a file without a newline has none": {
      files: {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  literal: |\n    one\n    two",
      },
    },
    "two files whose names differ in a hyphen alone": {
      files: {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": ["w-2", "w2"]
          .map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`)
          .join("---\n"),
      },
    },
    "a patch with a namespace is for the object there": {
      files: {
        "kustomization.yaml":
          "resources: [a.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a, namespace: two}\n    data: {key: changed}\n",
        "a.yaml": ["one", "two"]
          .map((space) => configMap("a").replace("{name: a}", `{name: a, namespace: ${space}}`))
          .join("---\n"),
      },
    },
    "a list with one definition": {
      files: {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `apiVersion: v1
kind: List
items:
- ${widgets.replaceAll("\n", "\n  ")}
`,
      },
    },
    "a container that is not there is named, with the one that may be meant": {
      files: {
        "kustomization.yaml":
          "resources: [a.yaml]\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {template: {spec: {containers: [{name: wbe, image: x}]}}}\n",
        "a.yaml": deployment,
      },
      stderr:
        /containers: .*note: "wbe" is not there to be patched, so the patch adds it[^]*did you mean "web"/,
    },
    "a removal in a container is named with it": {
      files: {
        "kustomization.yaml":
          "resources: [a.yaml]\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {template: {spec: {containers: [{name: web, env: [{name: C, $patch: delete}]}]}}}\n",
        "a.yaml": deployment,
      },
      stderr: /spec\.template\.spec\.containers\[web\]\.env\[C\]: /,
    },
    "replicas and merged content are found by the names of before": {
      files: {
        "base/kustomization.yaml":
          "resources: [a.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{name: settings, literals: [a=1]}]\n",
        "base/a.yaml": deployment,
        "over/kustomization.yaml":
          "resources: [../base]\nreplicas: [{name: web, count: 3}]\nconfigMapGenerator: [{name: settings, behavior: merge, literals: [b=2]}]\n",
      },
    },
  };

  test.each(Object.entries(table))("%s", (_name, { files, stdout = /: same: /, stderr = /^/ }) => {
    const run = importOf(files);
    expect(run.stdout).toMatch(stdout);
    expect(run.stderr).toMatch(stderr);
    expect(run.status).toBe(0);
  });
});

/** Imports with another kubectl in the place of the one that is installed. */
function importWith(kubectl: string, files: Files): ReturnType<typeof importOf> {
  const programs = folderOf({ kubectl });
  chmodSync(join(programs, "kubectl"), 0o755);
  const { PATH } = process.env;
  process.env["PATH"] = `${programs}:${PATH}`;
  try {
    return importOf(files);
  } finally {
    process.env["PATH"] = PATH;
  }
}

test("of a crash of kubectl the message is said, without the stack, for each folder", () => {
  const crash = `#!/bin/sh
printf 'panic: runtime error: index out of range\\n\\ngoroutine 1 [running]:\\nmain.main()\\n\\t/src/main.go:7 +0x1d\\n' >&2
exit 2
`;
  const { status, stderr } = importWith(crash, {
    "base/kustomization.yaml": "resources: [a.yaml]\n",
    "base/a.yaml": configMap("a"),
    "over/kustomization.yaml": "resources: [../base]\n",
  });
  expect(stderr).toMatch(
    /base: kubectl kustomize refuses the folder: panic: runtime error: index out of range$/m,
  );
  expect(stderr).toMatch(/over: kubectl kustomize refuses the folder: panic/);
  expect(stderr).not.toMatch(/goroutine|main\.go/);
  expect(status).toBe(2);
});

test.skipIf(withoutKubectl)("kubectl is started once for each folder, and for nothing else", () => {
  const log = join(temporaryFolder(), "log");
  const real = execFileSync("sh", ["-c", "command -v kubectl"], { encoding: "utf8" }).trim();
  const { status } = importWith(`#!/bin/sh\necho "$1" >> ${log}\nexec ${real} "$@"\n`, operatorLayout);
  expect([status, readFileSync(log, "utf8")]).toEqual([0, "kustomize\n".repeat(5)]);
});

test("and for none where a folder would have to be fetched", () => {
  const log = join(temporaryFolder(), "log");
  const { status, stderr } = importWith(`#!/bin/sh\necho "$2" >> ${log}\n`, {
    "good/kustomization.yaml": "resources: [a.yaml]\n",
    "good/a.yaml": configMap("a"),
    "bad/kustomization.yaml": "resources: [https://example.com/a.yaml]\n",
    "over/kustomization.yaml": "resources: [../good, ../bad]\nbuildMetadata: [managedByLabel]\n",
  });
  expect(stderr).toContain("lies elsewhere and is not fetched");
  expect([status, existsSync(log)]).toEqual([2, false]);
});

test.skipIf(withoutKubectl)(
  "a problem of an object that is kept as YAML names no file that is not there",
  () => {
    const old = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\n";
    const { status, stderr } = importOf({
      "kustomization.yaml": "resources: [a.yaml]\nnamespace: x\n",
      "a.yaml": `${old}---\n${old}`,
    });
    expect(stderr).toContain("a.yaml:5: the object is there twice");
    expect(stderr).not.toContain("memory:");
    expect(status).toBe(2);
  },
);

test.skipIf(withoutKubectl)("a name that is none in what is rendered, either, is refused", () => {
  const { status, stderr } = importOf({
    "base/kustomization.yaml": "resources: [a.yaml]\n",
    "base/a.yaml": configMap("C"),
    "over/kustomization.yaml": "resources: [../base]\nnamePrefix: y-\n",
  });
  expect(stderr).toMatch(/ConfigMap\/C: metadata\.name: "C" cannot be the name of a ConfigMap\n/);
  expect(status).toBe(2);
});

test.skipIf(withoutKubectl)("folders have names of the directory's own, wherever it lies", () => {
  const source = folderOf({
    "site/shared/kustomization.yaml": "resources: [a.yaml]\n",
    "site/shared/a.yaml": configMap("a"),
    "site/base/web/kustomization.yaml": "resources: [../../shared]\nnamePrefix: x-\n",
    "site/overlays/web/kustomization.yaml": "resources: [../../base/web]\nnamePrefix: y-\n",
  });
  const { stdout } = importFolder(join(source, "site/overlays/web"), join(temporaryFolder(), "imported"));
  expect(stdout.match(/^[^:]*/gm)).toEqual(["base", "overlays/base-web", "overlays/overlays-web", ""]);
});

test.skipIf(withoutKubectl)("nor does one that shows when the sources are composed", () => {
  const source = folderOf({
    "one/kustomization.yaml": moved("one"),
    "one/a.yaml": configMap("a"),
    "two/kustomization.yaml": moved("two"),
    "two/a.yaml": configMap("a"),
    "over/kustomization.yaml": "resources: [../one, ../two, b.yaml]\n",
    "over/b.yaml": configMap("b"),
  });
  const parent = temporaryFolder();
  const output = join(parent, "new/imported");
  const { status, stderr } = importFolder(source, output);
  expect(stderr).toMatch(/over\/kustomization\.yaml:1: the object states no namespace/);
  expect(stderr).not.toContain(".atlas-");
  expect([status, readdirSync(parent)]).toEqual([2, []]);
});

const withLongValue = (end: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a" },
  data: { key: `${"a".repeat(300)}${end}` },
});

test("of two long values the part is shown in which they differ", () => {
  const { differences } = compareLayer(base({ resources: [withLongValue("ours")] }), [
    withLongValue("theirs"),
  ]);
  expect(differences).toEqual([
    `ConfigMap/a: data.key: theirs …${"a".repeat(40)}theirs", ours …${"a".repeat(40)}ours"`,
  ]);
});

test.skipIf(withoutKubectl)("what is wrong with an object is said once, however many layers have it", () => {
  const { status, stderr } = importOf({
    "base/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: x-\n",
    "base/a.yaml":
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: '${PORT}'}], typ: ClusterIP}\n",
    "over/kustomization.yaml": "resources: [../base]\nlabels: [{pairs: {a: b}}]\n",
  });
  expect(stderr.match(/got "\$\{PORT\}"/g)).toHaveLength(1);
  expect(stderr).toContain("fix:      state a value: what puts one in there comes after Kustomize");
  expect(status).toBe(2);
});
