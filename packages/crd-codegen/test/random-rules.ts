/* Rules of CEL at random, right and wrong ones: a test in apps/e2e asks an API server of each. */

type Fields = Record<string, unknown>;

/** The limits of the schema that a rule is read against. */
export interface RandomLimits {
  readonly maxItems: number | undefined;
  readonly maxLength: number | undefined;
}

const templates: Readonly<Record<string, readonly string[]>> = {
  bool: [
    "true",
    "self.flag",
    "has(self.word)",
    "has(self.nope)",
    "'a' in self.map",
    "{string} in {strings}",
    "{int} in {ints}",
    "{bool} && {bool}",
    "({bool} || {bool})",
    "!({bool})",
    "{string} == {string}",
    "{int} != {int}",
    "{any} == {any}",
    "{int} < {double}",
    "{string} <= {string}",
    "{any} > {any}",
    "{duration} >= {duration}",
    "{strings}.all(each, each == {string})",
    "{strings}.exists(each, {strings}.exists_one(other, each == other))",
    "{ints}.all(each, each > {any})",
    "self.map.all(key, value, key == value)",
    "self.objects.all(each, each.name == {string} && each.count > 0)",
    "self.objects.exists(each, each.nope)",
    "{optional}.hasValue()",
    "{optional}.orValue({string}) == {string}",
    "{string}.startsWith({any})",
    "{string}.contains({string})",
    "{string}.matches('^[a-z]+$')",
    "sets.contains({strings}, {strings})",
    "sets.equivalent({ints}, {any})",
    "isQuantity({string}) && isIP({any})",
    "quantity('1').isGreaterThan(quantity({string}))",
    "{any}.isLoopback()",
    "type({any}) == int",
    "{object} == {object}",
    "{object}.name == {string}",
    "oldSelf == self",
  ],
  string: [
    "'a'",
    "self.word",
    "self.choice",
    "self.map['a']",
    "self.map.key",
    "self.strings[0]",
    "{object}.name",
    "string({any})",
    "{string} + {string}",
    "({bool} ? {string} : {string})",
    "{strings}.join(',')",
    "{string}.lowerAscii()",
    "{string}.substring({int})",
    "{string}.replace('a', {string})",
    "{optional}.value()",
  ],
  int: [
    "1",
    "self.count",
    "size({any})",
    "{strings}.size()",
    "{ints}.sum()",
    "{int} + {int}",
    "{int} % {any}",
    "int({any})",
    "-{int}",
    "{object}.count",
  ],
  double: ["1.5", "self.ratio", "double({int})", "{double} * {double}"],
  duration: ["self.time", "duration('1h')", "{duration} + {duration}", "duration('nope')"],
  strings: [
    "self.strings",
    "['a', {string}]",
    "[{string}, {any}]",
    "{strings} + {strings}",
    "self.objects.map(each, each.name)",
    "{strings}.filter(each, {bool})",
    "{string}.split(',')",
    "[]",
  ],
  ints: ["self.ints", "[1, {int}]", "{strings}.map(each, each.size())", "self.objects.map(each, each.count)"],
  object: ["self.one", "self.two", "self.objects[0]", "self.objects[{int}]", "oldSelf.one"],
  optional: [
    "self.?word",
    "self.?nope",
    "self.one.?name",
    "optional.of({string})",
    "optional.none()",
    "self.strings[?0]",
  ],
  any: [
    "{bool}",
    "{string}",
    "{int}",
    "{double}",
    "{duration}",
    "{strings}",
    "{ints}",
    "{object}",
    "{optional}",
    "null",
    "self.either",
    "dyn({int})",
    "self",
  ],
};

/** A rule that follows from the choices that are made; where they end, the first is taken that is at hand. */
export function randomRule(choices: readonly number[]): string {
  const left = [...choices];
  const written = (name: string, depth: number): string => {
    const all = templates[name] ?? [];
    const plain = all.filter((each) => !each.includes("{"));
    const list = depth > 0 || plain.length === 0 ? all : plain;
    const template = list[(left.shift() ?? 0) % list.length] ?? "true";
    return template.replaceAll(/\{([a-z]+)\}/g, (_, inner: string) => written(inner, depth - 1));
  };
  return written("bool", 3);
}

/** A CRD with a rule. */
export function crdWithRule(rule: string, { maxItems, maxLength }: RandomLimits): object {
  const text = { type: "string", ...(maxLength !== undefined && { maxLength }) };
  const listOf = (items: Fields): Fields => ({
    type: "array",
    items,
    ...(maxItems !== undefined && { maxItems }),
  });
  const object = { type: "object", properties: { name: text, count: { type: "integer" } } };
  const properties = {
    flag: { type: "boolean" },
    word: text,
    choice: { type: "string", enum: ["big", "small"] },
    count: { type: "integer" },
    ratio: { type: "number" },
    time: { type: "string", format: "duration" },
    either: { "x-kubernetes-int-or-string": true },
    strings: listOf(text),
    ints: listOf({ type: "integer" }),
    objects: listOf(object),
    one: object,
    two: object,
    map: {
      type: "object",
      additionalProperties: text,
      ...(maxItems !== undefined && { maxProperties: maxItems }),
    },
  };
  const spec = { type: "object", properties, "x-kubernetes-validations": [{ rule }] };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "rules.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural: "rules", singular: "rule", kind: "Rule", listKind: "RuleList" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", properties: { spec } } },
        },
      ],
    },
  };
}
