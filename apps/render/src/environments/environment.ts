import type { Layer } from "@atlas/compose";

/** An overlay folder, or the base that all of them share. */
export interface EnvironmentFolder {
  readonly name: string;
  /** The module whose default export is a layer, or a fleet. */
  readonly module: URL;
}

/** An environment that can be rendered. */
export interface Environment {
  /** The name of its folder; in a fleet, `<folder>/<name>`. */
  readonly name: string;
  /**
   * Its layer.
   *
   * @throws {InputError} when there is none.
   */
  readonly layer: () => Layer;
}
