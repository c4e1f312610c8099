import type { KubernetesObject, LayerContent } from "@atlas/compose";
import type { GeneratorOptions } from "@atlas/compose/generators";

/** An object that the sources are to declare, in a module of its own. */
export interface Declaration {
  /** What the module exports. */
  readonly name: string;
  /** The module's path in the output: `base/deployment.ts`. */
  readonly module: string;
  readonly object: KubernetesObject;
  readonly form: DeclarationForm;
}

/** How an object is declared. */
export type DeclarationForm =
  /** With its type, and the paths of values that the type does not allow. */
  | { readonly kind: "defined"; readonly type: TypeImport; readonly casts: readonly string[] }
  /** As a literal; of a built-in kind with the reason why it has no type. */
  | { readonly kind: "plain"; readonly why?: string }
  /** In a YAML file beside the module. */
  | { readonly kind: "external"; readonly file: string; readonly text: string | Uint8Array }
  | { readonly kind: "generated"; readonly generator: GeneratorPlan };

export interface TypeImport {
  readonly name: string;
  readonly from: string;
}

export interface GeneratorPlan {
  readonly function: "configMapGenerator" | "secretGenerator";
  readonly options: GeneratorOptions & { readonly type?: string };
}

/** An object that a patch is for. */
export interface PatchTarget {
  readonly declaration: Declaration;
  /** Of several bases that have it, the one whose object is meant. */
  readonly in?: FolderPlan;
}

/** A patch of one object or of several. */
export interface PatchPlan {
  readonly name: string;
  readonly module: string;
  readonly targets: readonly PatchTarget[];
  readonly form: "record" | "strategic" | "json";
  readonly body: unknown;
  /** The paths of values that the type does not allow. */
  readonly casts: readonly string[];
  readonly override: boolean;
  /** Values that are read from what they follow. */
  readonly followed?: readonly Followed[];
}

/** A value of a patch that follows others. */
export interface Followed {
  /** Where it stands in the patch's body. */
  readonly path: string;
  /** What it is put together from. */
  readonly pieces: readonly Piece[];
}

/** A part of a value that follows others, and what it comes to. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** What an object declares, or a part of it. */
  | {
      readonly kind: "field";
      readonly declaration: Declaration;
      readonly fields: readonly string[];
      readonly value: unknown;
      readonly part?: PiecePart;
    }
  /** A literal of a generator. */
  | {
      readonly kind: "literal";
      readonly declaration: Declaration;
      readonly key: string;
      readonly value: unknown;
      readonly part?: PiecePart;
    }
  /** What a patch states, by its path there. */
  | {
      readonly kind: "patched";
      readonly patch: PatchPlan;
      readonly path: string;
      readonly value: unknown;
      readonly part?: PiecePart;
    }
  /** What the layer makes of all names. */
  | { readonly kind: "name"; readonly field: NameField; readonly value: string };

/** Which part of a text is meant. */
interface PiecePart {
  readonly delimiter: string;
  readonly index: number;
}

export type NameField = "namespace" | "namePrefix" | "nameSuffix";

/** What one layer of the sources says. */
export interface ContentPlan {
  readonly resources: readonly Declaration[];
  readonly generators: readonly Declaration[];
  readonly components: readonly FolderPlan[];
  readonly patches: readonly PatchPlan[];
  /** What it does to all its objects. */
  readonly transforms: LayerContent;
  /** What was left out, by the field where it would stand. */
  readonly omitted: Omitted;
}

/** Comments in place of what was left out, by the field of the layer. */
export type Omitted = Readonly<Partial<Record<keyof LayerContent, readonly string[]>>>;

export const emptyContent = (): ContentPlan => ({
  resources: [],
  generators: [],
  components: [],
  patches: [],
  transforms: {},
  omitted: {},
});

/** A folder of the sources: a base, an overlay or a component. */
export interface FolderPlan {
  /** Its path in the output: `overlays/dev`. */
  readonly folder: string;
  readonly isComponent: boolean;
  readonly bases: readonly FolderPlan[];
  /** What it says, in steps; nearly always one. */
  readonly steps: readonly ContentPlan[];
  /** What it makes of all names, where patches follow that: a module of constants. */
  readonly names?: { readonly module: string; readonly fields: readonly NameField[] };
}
