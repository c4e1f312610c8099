import type { CallExpression, Expression, ObjectExpression, ArrayExpression } from "oxc-parser";
import { keyName } from "@atlas/typescript/read";
import { bindingOf, importedModule, type Link, type SourceModule } from "./source-module.ts";

/** A place in a module. */
export interface Spot {
  readonly module: SourceModule;
  readonly offset: number;
}

/** An expression in a module, and where what it is the value of begins: a property, an element, a declaration. */
interface Value extends Spot {
  readonly node: Expression;
}

/** Names that stand for names that stand for names…: no honest module goes on for longer. */
const longest = 50;

/**
 * Where fields of a call's argument are written: through properties, elements, spreads, constants and imports as far as
 * they can be read without being run; else where they stop.
 */
export function spotOfFields(
  module: SourceModule,
  call: CallExpression,
  argument: number,
  fields: readonly string[],
): Spot {
  const start = { module, offset: call.start };
  const node = call.arguments[argument];
  if (!node || node.type === "SpreadElement") return start;
  let value: Value = { ...start, node };
  for (const field of fields) {
    const holder = meant(value);
    const inner = holder && fieldValue(holder, field);
    if (!inner) return holder ?? value;
    value = inner;
  }
  // The element of a list is often but the name of what is declared elsewhere.
  const isName = value.node.type === "Identifier" && value.node.start === value.offset;
  return (isName && meant(value)) || value;
}

/** The value that an expression means: names are followed, and type annotations are nothing. */
function meant(value: Value, depth = 0): Value | undefined {
  if (depth > longest) return undefined;
  const { node } = value;
  const go = (next: Value | undefined): Value | undefined => next && meant(next, depth + 1);
  switch (node.type) {
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return go({ ...value, node: node.expression });
    case "Identifier":
      return go(namedValue(node.name, { module: value.module, offset: node.start }));
    case "MemberExpression": {
      const name = keyName({ key: node.property, computed: node.computed });
      const holder = meant({ ...value, node: node.object }, depth + 1);
      return go(name === undefined || !holder ? undefined : fieldValue(holder, name));
    }
    case "CallExpression": {
      const object = declaredObject(node);
      return object ? go({ ...value, node: object }) : value;
    }
    default:
      return value;
  }
}

/** The object in `define<Kind>()({ … })`, and in whatever else is given one object and called twice. */
function declaredObject({ callee, arguments: given }: CallExpression): Expression | undefined {
  const [only, ...others] = given;
  const isDeclaration = callee.type === "CallExpression" && callee.arguments.length === 0;
  return isDeclaration && only && only.type !== "SpreadElement" && others.length === 0 ? only : undefined;
}

/** What a name stands for at an offset of a module, or in the one that it is imported from. */
function namedValue(name: string, { module, offset }: Spot): Value | undefined {
  const binding = bindingOf(name, offset, module);
  if (binding) return binding.value && { module, offset: binding.start, node: binding.value };
  const link = module.imports.get(name);
  return link && linked(link, module);
}

function linked({ request, name }: Link, { file }: SourceModule, depth = 0): Value | undefined {
  const module = importedModule(request, file);
  if (!module || depth > longest) return undefined;
  if (!module.exports.has(name)) {
    for (const star of module.stars) {
      const found = linked({ request: star, name }, module, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  const target = module.exports.get(name);
  if (typeof target === "string") return namedValue(target, { module, offset: 0 });
  if (target) return linked(target, module, depth + 1);
  const node = module.defaultExport;
  return node && { module, offset: node.start, node };
}

function fieldValue({ module, node }: Value, field: string): Value | undefined {
  if (node.type === "ObjectExpression") return propertyOf(module, node, field);
  return node.type === "ArrayExpression" ? elementOf(module, node, Number(field)) : undefined;
}

/** The last property of the name; one that is spread may have come from what cannot be read. */
function propertyOf(
  module: SourceModule,
  { properties }: ObjectExpression,
  field: string,
): Value | undefined {
  for (const property of properties.toReversed()) {
    if (property.type === "SpreadElement") {
      const source = { module, offset: property.start, node: property.argument };
      const holder = meant(source);
      const found = holder && fieldValue(holder, field);
      if (found) return found;
      if (holder?.node.type !== "ObjectExpression") return source;
    } else if (keyName(property) === field) return { module, offset: property.start, node: property.value };
  }
  return undefined;
}

function elementOf(module: SourceModule, { elements }: ArrayExpression, index: number): Value | undefined {
  let count = 0;
  for (const element of elements) {
    if (!element) count++;
    else if (element.type === "SpreadElement") {
      const source = { module, offset: element.start, node: element.argument };
      const list = meant(source);
      if (list?.node.type !== "ArrayExpression") return source;
      const inner = elementOf(list.module, list.node, index - count);
      if (inner) return inner;
      count += list.node.elements.length;
    } else if (count++ === index) return { module, offset: element.start, node: element };
  }
  return undefined;
}
