import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CreateNodes, TargetConfiguration } from "@nx/devkit";
import { dependenciesIn, foldersIn, type EnvironmentDependencies } from "./dependencies.ts";

const project = "packages/manifests";
const manifests = `${project}/src`;
/** Where the overlays live; a folder there is an environment. */
const overlays = `${manifests}/overlays`;

/**
 * Gives the project `render` one target per overlay folder (`nx run render:dev`), one for the base, and the
 * aggregate `render`; and the project `manifests` one that type-checks what each of them is made of.
 *
 * The folders are listed here rather than matched by the glob: files that the glob matches count as project
 * configuration, and a touched overlay would then affect every environment.
 */
export const createNodes: CreateNodes = [
  "apps/render/package.json",
  (files, _options, { workspaceRoot, nxJsonConfiguration }) => {
    const environments = ["base", ...foldersIn(join(workspaceRoot, overlays))];
    const dependenciesOf = dependenciesIn({
      root: workspaceRoot,
      sources: join(workspaceRoot, manifests),
      self: "@atlas/manifests",
    });
    return files.map((file) => {
      const reserved = [
        "render",
        ...Object.keys(nxJsonConfiguration?.targetDefaults ?? {}),
        ...declaredTargets(join(workspaceRoot, file)),
      ];
      refuseUnfitNames(environments);
      refuseReserved(environments, reserved);
      const unknown = askedTargets().filter(
        (name) => !environments.includes(name) && !reserved.includes(name),
      );
      const made = environments.map((name): Made => {
        const entry = name === "base" ? name : `overlays/${name}`;
        return { name, entry: `src/${entry}/index.ts`, dependencies: dependenciesOf(entry) };
      });
      const targets = {
        ...renderTargets(made, roomsBelow(join(workspaceRoot, file))),
        ...Object.fromEntries(unknown.map(unknownTarget)),
      };
      const typechecks = Object.fromEntries(
        made.map((each) => [typecheckName(each.name), typecheckTarget(each)]),
      );
      return [file, { projects: { [dirname(file)]: { targets }, [project]: { targets: typechecks } } }];
    });
  },
];

function declaredTargets(packageJson: string): string[] {
  const { nx, scripts } = JSON.parse(readFileSync(packageJson, "utf8"));
  return Object.keys({ ...nx?.targets, ...scripts });
}

/** A DNS label (RFC 1123): what stands in a command line, and in the name of a target, means nothing but itself. */
const targetLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a name is that of an environment, or, after a slash, that of one in a fleet. */
const isName = (name: string): boolean => {
  const parts = name.split("/");
  return parts.length <= 2 && parts.every((part) => targetLabel.test(part));
};

/** The name of a folder is a part of a command that a shell runs, so nothing is taken that it would understand. */
function refuseUnfitNames(environments: string[]): void {
  const unfit = environments.filter((name) => !targetLabel.test(name));
  if (unfit.length === 0) return;
  throw new Error(
    `${overlays}: no environment can have the name ${unfit.map((name) => JSON.stringify(name)).join(", ")}. ` +
      "Rename the folder: at most 63 of a-z, 0-9 and -, with a letter or digit at both ends.",
  );
}

/**
 * A target default wins over an inferred target of the same name, so such an environment would run the default's
 * command and be green without having rendered anything.
 */
function refuseReserved(environments: string[], reserved: string[]): void {
  const taken = environments.filter((name) => reserved.includes(name));
  if (taken.length === 0) return;
  throw new Error(
    `${taken.map((name) => `${overlays}/${name}`).join(", ")}: the name is taken by a target of the project ` +
      `"render". Rename the folder; taken are: ${[...new Set(reserved)].toSorted().join(", ")}.`,
  );
}

/** An environment, the module that it begins with, and what it is made of. */
interface Made {
  readonly name: string;
  readonly entry: string;
  readonly dependencies: EnvironmentDependencies;
}

/** The projects that `render` stands on, but for the manifests, of which an environment needs a part alone. */
function roomsBelow(packageJson: string): string[] {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(packageJson, "utf8"));
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => {
    const room = /^@atlas\/(.+)$/.exec(name)?.[1];
    return room !== undefined && version === "workspace:*" && room !== "manifests" ? [room] : [];
  });
}

function renderTargets(made: readonly Made[], rooms: string[]): Record<string, TargetConfiguration> {
  const names = made.map(({ name }) => name);
  return {
    ...Object.fromEntries(made.map((each) => [each.name, environmentTarget(each, rooms)])),
    render: { executor: "nx:noop", dependsOn: names, metadata: { description: "Renders everything" } },
  };
}

/** What an environment is made of: a change of another overlay leaves it as it is. */
const inputsOf = ({ overlays: folders, files }: EnvironmentDependencies): string[] => [
  ...folders.map((folder) => `{workspaceRoot}/${overlays}/${folder}/**/*`),
  ...files.map((pattern) => `{workspaceRoot}/${pattern}`),
];

const typecheckName = (environment: string): string => `typecheck-${environment}`;

/** Type-checks what an environment imports, and nothing else: what is wrong with another one does not keep it. */
function typecheckTarget({ name, entry, dependencies }: Made): TargetConfiguration {
  return {
    command: `node ../../tools/nx-environments/src/typecheck.ts ${entry}`,
    options: { cwd: "{projectRoot}" },
    cache: dependencies.complete,
    dependsOn: ["generate", "^generate"],
    inputs: [
      "exceptOverlays",
      "^production",
      "{workspaceRoot}/tools/nx-environments/src/typecheck.ts",
      ...inputsOf(dependencies),
      ...(dependencies.complete ? [] : ["{workspaceRoot}/**/*"]),
    ],
    metadata: { description: `Type-checks what ${name} is made of` },
  };
}

function environmentTarget({ name, dependencies }: Made, rooms: string[]): TargetConfiguration {
  const { variables, complete } = dependencies;
  return {
    // What will not work fails it, too. A render itself pays nothing for that.
    command: `atlas-render render ${name} && atlas-render check ${name}`,
    // What reads more than its text names is rendered each time, and with every change.
    cache: complete,
    // Type stripping runs the sources without looking at their types.
    dependsOn: [
      "typecheck",
      ...(rooms.length > 0 ? [{ projects: rooms, target: "typecheck" }] : []),
      { projects: ["manifests"], target: typecheckName(name) },
    ],
    inputs: [
      "production",
      "^exceptOverlays",
      ...inputsOf(dependencies),
      ...variables.map((env) => ({ env })),
      ...(complete ? [] : ["{workspaceRoot}/**/*"]),
    ],
    outputs: [`{workspaceRoot}/dist/manifests/${name}`],
    metadata: { description: `Renders ${name} into dist/manifests/${name}, and checks it` },
  };
}

/** The targets of `render` that this run of nx names on its command line. */
function askedTargets(): string[] {
  return process.argv.flatMap((argument) => {
    const name = /^render:([^:]+)$/.exec(argument)?.[1];
    return name !== undefined && isName(name) ? name : [];
  });
}

/**
 * A target for an environment that does not exist: the command says so, and which there are. Nx by itself would list
 * five of the project's targets, whichever they are.
 */
function unknownTarget(name: string): [string, TargetConfiguration] {
  return [
    name,
    { executor: "nx:run-commands", options: { commands: [`atlas-render render ${JSON.stringify(name)}`] } },
  ];
}
