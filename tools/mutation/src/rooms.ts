/** Whose tests are to notice a change of which sources. */
export interface Room {
  readonly sources: string;
  readonly project: string;
}

/** The rooms whose tests are weighed. */
export const rooms: readonly Room[] = [
  { sources: "packages/compose/src", project: "packages/compose" },
  { sources: "packages/crd-codegen/src/runtime", project: "packages/crd-codegen" },
  { sources: "packages/import-kustomize/src", project: "packages/import-kustomize" },
  { sources: "apps/render/src", project: "apps/render" },
];

/** The room that a file is in; its tests, and no other's, are to hold it. */
export const roomOf = (file: string): Room | undefined =>
  rooms.find(({ sources }) => file.startsWith(`${sources}/`));
