import { ComposeError, type Problem } from "../problems/problem.ts";
import { placeOfField } from "./row-place.ts";

/** What watches which fields of a fleet's rows its functions read. */
interface Watch {
  /** The row, of which is noted what is read. */
  readonly watch: <Row extends object>(row: Row, path: string) => Row;
  /**
   * Makes a layer of a row.
   *
   * @throws {ComposeError} with the fields that no layer was made of, when it is the last one.
   */
  readonly checked: <Layer>(path: string, make: () => Layer) => Layer;
}

/**
 * Finds the fields that rows state and no layer is made of. That is known once all layers are made: a function may well
 * read a field of some rows alone.
 */
export function unreadFields(count: number): Watch {
  const read = new Set<string>();
  const stated = new Map<string, Omit<Problem, "code" | "what">>();
  const made = new Set<string>();
  return {
    watch(row, path) {
      const watched: typeof row = Object.create(Object.getPrototypeOf(row));
      for (const [name, field] of Object.entries(Object.getOwnPropertyDescriptors(row))) {
        const { enumerable = false } = field;
        if (enumerable && !stated.has(name))
          stated.set(name, {
            path: `${path}.${name}`,
            expected: expectedField,
            fix: fieldFix,
            ...placeOfField(row, name),
          });
        const get = (): unknown => {
          read.add(name);
          return Reflect.get(row, name);
        };
        Object.defineProperty(watched, name, { get, enumerable, configurable: true });
      }
      return watched;
    },
    checked(path, make) {
      const layer = make();
      made.add(path);
      const unread = made.size < count ? [] : [...stated].filter(([name]) => !read.has(name));
      if (unread.length === 0) return layer;
      const what = "no environment is made of the field: neither name() nor overlay() reads it";
      throw new ComposeError(unread.map(([, problem]) => ({ ...problem, code: "fleet-field-unread", what })));
    },
  };
}

const expectedField = "a field that name() or overlay() makes something of";
const fieldFix = "use it there, or take it out of the rows and out of fields";
