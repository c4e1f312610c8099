import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shellWords, type Commands } from "@atlas/measure";
import { parse } from "yaml";

/** How to ask a peer for its version, and how to have it put out what stands in a rendered folder. */
const peers: Readonly<
  Record<string, { readonly probe: readonly string[]; readonly render: (folder: string) => string }>
> = {
  "kubectl kustomize": {
    probe: ["kubectl", "version", "--client"],
    render: (folder) => shellWords("kubectl", "kustomize", folder),
  },
  kustomize: {
    probe: ["kustomize", "version"],
    render: (folder) => shellWords("kustomize", "build", folder),
  },
  jsonnet: { probe: ["jsonnet", "--version"], render: jsonnetProgram },
  cue: { probe: ["cue", "version"], render: cueProgram },
};

/**
 * The commands of the peers that are on the PATH, for the objects in a rendered folder. Kustomize reads the folder; CUE and
 * jsonnet get a program each that states the same objects and passes the CRDs through as text, as we do.
 *
 * To have the latter two: `go install cuelang.org/go/cmd/cue@latest`, `go install github.com/google/go-jsonnet/cmd/jsonnet@latest`.
 */
export function peerCommands(rendered: string): Commands {
  return Object.fromEntries(
    Object.entries(peers).flatMap(([name, { probe, render }]) => {
      const [program = "", ...args] = probe;
      if (spawnSync(program, args).status === 0) return [[name, render(rendered)]];
      console.log(`${program} is not on the PATH: no ratio to it is measured.`);
      return [];
    }),
  );
}

/** The files of CRDs, and the other objects as JSON, which both languages take as it is. */
function contentOf(rendered: string): { crds: readonly string[]; objects: string } {
  const files = readdirSync(rendered).filter((file) => file !== "kustomization.yaml");
  const crds = files.filter((file) => file.startsWith("customresourcedefinition."));
  const objects = files
    .filter((file) => !crds.includes(file))
    .map((file): unknown => parse(readFileSync(join(rendered, file), "utf8")));
  return { crds, objects: JSON.stringify(objects) };
}

function jsonnetProgram(rendered: string): string {
  const { crds, objects } = contentOf(rendered);
  const texts = crds.map((file) => `importstr ${JSON.stringify(join(rendered, file))}`).join(", ");
  const program = join(rendered, "../objects.jsonnet");
  writeFileSync(
    program,
    `std.join("---\\n", [${texts}] + [std.manifestYamlDoc(object) + "\\n" for object in ${objects}])\n`,
  );
  return shellWords("jsonnet", "-S", program);
}

function cueProgram(rendered: string): string {
  const { crds, objects } = contentOf(rendered);
  // CUE embeds files that lie in a module, beside the program, by names without signs.
  const module = join(rendered, "../cue");
  mkdirSync(join(module, "cue.mod"), { recursive: true });
  writeFileSync(join(module, "cue.mod/module.cue"), 'module: "bench.example"\nlanguage: version: "v0.9.0"\n');
  const texts = crds.map((file, index) => {
    copyFileSync(join(rendered, file), join(module, `crd-${index}.yaml`));
    return `crd${index}: string @embed(file=crd-${index}.yaml, type=text)\n`;
  });
  const crdTexts = crds.map((_, index) => `crd${index}`).join(", ");
  writeFileSync(
    join(module, "objects.cue"),
    `@extern(embed)\npackage objects\nimport ("encoding/yaml", "list", "strings")\n${texts.join("")}` +
      `text: strings.Join(list.Concat([[${crdTexts}], [for object in ${objects} {yaml.Marshal(object)}]]), "---\\n")\n`,
  );
  return `cd ${shellWords(module)} && ${shellWords("cue", "export", ".", "-e", "text", "--out", "text")}`;
}
