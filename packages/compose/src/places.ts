/** A position in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in a file, which is named as whoever read it named it. */
export interface Place extends Position {
  readonly file: string;
}

/** Where the fields of an object, or the elements of a list, stand in the file that they were read from. */
export interface NodePlaces {
  readonly file: string;
  /** The positions of the fields by name, of the elements by index. */
  readonly fields: ReadonlyMap<string, Position>;
}

const nodes = new WeakMap<object, NodePlaces>();

/**
 * Notes where the parts of an object or a list stand in a file, for the problems that it may have later. Nothing of it
 * can be seen in the value, and it is forgotten with the value.
 */
export function rememberNode(node: object, places: NodePlaces): void {
  nodes.set(node, places);
}

/** Where a field of a value stands in the file that the value was read from; undefined for what came from no file. */
export function placesOfNode(node: object): NodePlaces | undefined {
  return nodes.get(node);
}
