/* CRDs that differ from a sound one in one place each, with what an API server says of them: a test in apps/e2e asks one. */

type Fields = Record<string, unknown>;

/** A CRD with the name of its case. */
export interface BrokenCrd {
  readonly name: string;
  readonly crd: object;
  readonly isTaken: boolean;
  /** Where the generator finds something that the API server refuses; undefined for what is left to that. */
  readonly path?: string;
}

const text = { type: "string" };
const objectOf = (properties: Fields, more: Fields = {}): Fields => ({ type: "object", properties, ...more });
const preserved = { "x-kubernetes-preserve-unknown-fields": true };

/** The fields that the rules below read. */
const soundFields: Fields = {
  size: { type: "string", enum: ["big", "small"] },
  count: { type: "integer" },
  "a-b": text,
  list: { type: "array", maxItems: 3, items: objectOf({ key: { type: "string", maxLength: 9 } }) },
  map: { type: "object", additionalProperties: text },
  free: { type: "object", ...preserved },
  partly: objectOf({ a: text }, preserved),
  template: { type: "object", "x-kubernetes-embedded-resource": true, ...preserved },
};

interface Parts {
  readonly metadata?: Fields;
  readonly spec?: Fields;
  readonly version?: Fields;
  readonly root?: Fields;
  readonly fields?: Fields;
  readonly rules?: readonly Fields[];
}

const crdWith = ({ metadata, spec, version, root, fields, rules }: Parts): object => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "shops.example.com", ...metadata },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "shops", singular: "shop", kind: "Shop", listKind: "ShopList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: objectOf(
            { spec: objectOf({ ...soundFields, ...fields }, rules && { "x-kubernetes-validations": rules }) },
            root,
          ),
        },
        ...version,
      },
    ],
    ...spec,
  },
});

const schemaPath = "spec.versions[0].schema.openAPIV3Schema";
const sizePath = `${schemaPath}.properties.spec.properties.size`;
const rulePath = `${schemaPath}.properties.spec.x-kubernetes-validations[0].rule`;

const refused = (name: string, parts: Parts, path?: string): BrokenCrd => ({
  name,
  crd: crdWith(parts),
  isTaken: false,
  ...(path !== undefined && { path }),
});
const taken = (name: string, parts: Parts): BrokenCrd => ({ name, crd: crdWith(parts), isTaken: true });

const withSize = (more: Fields): Parts => ({
  fields: { size: { ...(soundFields["size"] as Fields), ...more } },
});
const withRule = (rule: string): Parts => ({ rules: [{ rule }] });
const withRootRule = (rule: string): Parts => ({ root: { "x-kubernetes-validations": [{ rule }] } });
const takenRule = (rule: string): BrokenCrd => taken(rule, withRule(rule));
const refusedRule = (rule: string, path = rulePath): BrokenCrd => refused(rule, withRule(rule), path);

const xPath = `${schemaPath}.properties.spec.properties.x`;
const takenField = (name: string, x: Fields): BrokenCrd => taken(name, { fields: { x } });
const refusedField = (name: string, x: Fields, below: string): BrokenCrd =>
  refused(name, { fields: { x } }, `${xPath}.${below}`);
const takenPattern = (pattern: string): BrokenCrd =>
  takenField(`the pattern ${pattern}`, { ...text, pattern });
const refusedPattern = (pattern: string): BrokenCrd =>
  refusedField(`the pattern ${pattern}`, { ...text, pattern }, "pattern");
const refusedDefault = (name: string, x: Fields): BrokenCrd =>
  refusedField(`a default ${name}`, x, "default");
const takenDefault = (name: string, x: Fields): BrokenCrd => takenField(`a default ${name}`, x);
const ruleWith = (more: Fields): Parts => ({ rules: [{ rule: "true", ...more }] });
const refusedRuleField = (name: string, more: Fields, field: string): BrokenCrd =>
  refused(`a rule with ${name}`, ruleWith(more), rulePath.replace(/rule$/, field));
const takenRuleField = (name: string, more: Fields): BrokenCrd =>
  taken(`a rule with ${name}`, ruleWith(more));
const selecting = (jsonPath: string): Parts => ({ version: { selectableFields: [{ jsonPath }] } });
const embedded = { type: "object", "x-kubernetes-embedded-resource": true, ...preserved };

/** Rules that an API server does not compile, by the types of their parts. */
const refusedTypes: readonly string[] = [
  "self.count == 'a'",
  "self.count + 'a' == 'a'",
  "self.count == 1.0",
  "self.count == null",
  "self.size > 1",
  "!self.count",
  "-self.size == 'a'",
  "self.size && true",
  "self.count ? true : false",
  "(true ? 1 : 'a') == 1",
  "self.size.startsWith(1)",
  "self.count.startsWith('a')",
  "self.size.startsWith('a', 'b')",
  "self.size.startWith('a')",
  "size(self.count) > 1",
  "self.partly.size() > 0",
  "self.partly == self.template",
  "self.list.all(each, each.key)",
  "self.list.all(each, each == 'a')",
  "self.list.all(each.key, true)",
  "self.list.exists(each, each, true)",
  "self.size.all(each, true)",
  "self.list.map(each, each.key) == [1]",
  "self.list.filter(each, each.key)[0].key == ''",
  "self.map.all(name, self.map[name] == 1)",
  "self.map.exists(name, value, value > 1)",
  "1 in self.map",
  "'a' in self.list",
  "self.list['a'].key == ''",
  "self.list.key == ''",
  "self.map[1] == ''",
  "[1, 'a'].size() > 0",
  "{'a': 1, 'b': 'c'}.size() > 0",
  "{'a': 1, 2: 3}.size() > 0",
  "has(self)",
  "has(self.size.nope)",
  "self.?size == 'a'",
  "self.?size.orValue(1) == 'a'",
  "optional.of(1).value() == 'a'",
  "duration('nope') > duration('1h')",
  "timestamp('2020-01-01') < timestamp('2021-01-01T00:00:00Z')",
  "self.size.matches('(')",
  "quantity(self.size) > quantity('1')",
  "quantity('1').isGreaterThan(1)",
  "cidr('10.0.0.0/8').containsIP(1)",
  "ip('::1').isLoopback",
  "url(self.size).getHost() == 1",
  "sets.contains([1], ['a'])",
  "format.dns1123Label().validate(1).hasValue()",
  "type(self.count) == 'int'",
  "string(self.list) == ''",
  "int(true) == 1",
  "int('a') == 1",
  "double('a') > 1.0",
  "bool('a')",
  "uint(-1) > 1u",
  "uint('-1') > 1u",
  "string(null) == ''",
  "int(null) == 1",
];

/** Rules that it compiles, although they look alike. */
const takenTypes: readonly string[] = [
  "self.count < 1.5",
  "self.count > 1u",
  "self.template == null",
  "self.list.map(each, each.key) == []",
  "self.list.map(each, each.key == 'b', each.key) == ['a']",
  "self.list.filter(each, each.key == 'b')[0].key == ''",
  "self.list.exists(index, each, index > 0 && each.key == 'a')",
  "self.map.all(name, value, name == value)",
  "self.map.transformList(name, value, 1) == [1]",
  "self.map.transformMap(name, value, 1) == {'a': 1}",
  "self.?size.orValue('a') == 'a'",
  "self.?size.optMap(size, size.size()).orValue(0) > 0",
  "self.list[?0].?key.orValue('') == ''",
  "dyn(self.count) == 'a'",
  "'%s %d'.format([self.size, self.count]) == 'a 1'",
  "[[], [1]].size() > 1",
  "{} == {'a': 1}",
  "type(self.count) == int && type(null) == null_type",
  "duration('1h30m') > duration('-5s')",
  "timestamp('2020-01-01T00:00:00+01:00').getFullYear() == 2020",
  "quantity('1').add(2).compareTo(quantity('3')) == 0",
  "string(ip('::1')) == '::1' && cidr('10.0.0.0/8').containsIP(ip('10.0.0.1'))",
  "semver('1.0.0').isLessThan(semver('2.0.0'))",
  "format.named('uri').hasValue()",
  "[1, 2].sum() == 3 && [2.5].isSorted() && [1.5].max() > 1.0",
  "int('1') == 1 && int(1.5) == 1 && double('1e3') > 1.0 && bool('true') && uint('1') == 1u",
  "oldSelf == self",
];

/** A rule that costs most of what one may: a text without a limit is held against a pattern. */
const costlyRule = (count: number): string => `self.x.matches('${"a".repeat(110)}${count + 10}')`;

const textsOf = (more: Fields, items: Fields = {}): Fields => ({
  x: { type: "array", items: { ...text, ...items }, ...more },
});
const nestedLists = (more: Fields): Fields => ({
  x: {
    type: "array",
    items: { type: "array", items: { type: "array", items: { type: "integer" }, ...more }, ...more },
    ...more,
  },
});
const withinList = (more: Fields): Fields => ({
  x: {
    type: "array",
    items: {
      ...text,
      maxLength: 200,
      "x-kubernetes-validations": [{ rule: "self.matches('^a{5}[bcd]+$')" }],
    },
    ...more,
  },
});

const eachOther = "self.x.all(a, self.x.exists_one(b, a == b))";
const nestedRule = "self.x.all(a, a.all(b, b.all(c, c > 0)))";

/** Rules that an API server takes or refuses by what it reckons that they cost at most. */
const costs: readonly {
  readonly name: string;
  readonly fields: Fields;
  readonly rule: string;
  readonly isTaken: boolean;
  readonly at?: string;
}[] = [
  ...Object.entries({
    "texts without a limit that are compared with each other": textsOf({}),
    "texts of a limited length that are": textsOf({}, { maxLength: 20 }),
    "some texts of any length that are": textsOf({ maxItems: 10 }),
  }).map(([name, fields]) => ({ name, fields, rule: eachOther, isTaken: false })),
  ...Object.entries({
    "some texts of a limited length that are": textsOf({ maxItems: 10 }, { maxLength: 20 }),
    "some words that are": textsOf({ maxItems: 10 }, { enum: ["a", "b"] }),
  }).map(([name, fields]) => ({ name, fields, rule: eachOther, isTaken: true })),
  { name: "lists in lists without a limit", fields: nestedLists({}), rule: nestedRule, isTaken: false },
  { name: "lists in lists with one", fields: nestedLists({ maxItems: 20 }), rule: nestedRule, isTaken: true },
  {
    name: "one loop over a list without a limit",
    fields: nestedLists({}),
    rule: "self.x.all(a, a.size() > 0)",
    isTaken: true,
  },
  {
    name: "a rule within a list with a limit",
    fields: withinList({ maxItems: 50 }),
    rule: "true",
    isTaken: true,
  },
  {
    name: "a rule within a list without one",
    fields: withinList({}),
    rule: "true",
    isTaken: false,
    at: "properties.x.items.x-kubernetes-validations[0].rule",
  },
  {
    name: "texts without a limit that are joined",
    fields: textsOf({}),
    rule: "self.x.join(',').contains('a')",
    isTaken: false,
  },
  {
    name: "a text that is looked through for another",
    fields: { x: text, y: text },
    rule: "self.x.contains(self.y)",
    isTaken: false,
  },
  {
    name: "a text that is looked through for a word",
    fields: { x: text },
    rule: "self.x.contains('word')",
    isTaken: true,
  },
  { name: "an address without a limit", fields: { x: text }, rule: "isIP(self.x)", isTaken: true },
  {
    name: "sets that are compared",
    fields: textsOf({}),
    rule: "sets.equivalent(self.x, self.x)",
    isTaken: false,
  },
  {
    name: "the values of a map without a limit",
    fields: { x: { type: "object", additionalProperties: text } },
    rule: "self.x.all(name, value, value == name)",
    isTaken: true,
  },
];

export const brokenCrds: readonly BrokenCrd[] = [
  taken("a sound one", {}),
  refused("a scope that there is not", { spec: { scope: "Namespced" } }, "spec.scope"),
  refused("no version that is stored", { version: { storage: false } }, "spec.versions"),
  taken("a version that does not say whether it is served", { version: { served: undefined } }),
  refused("a default outside of its enum", withSize({ default: "bigg" }), `${sizePath}.default`),
  taken("a default of its enum", withSize({ default: "big" })),
  refused("a misspelt keyword", { root: { proprties: {} } }, `${schemaPath}.proprties`),
  refused("a pattern without an end", withSize({ pattern: "(a" }), `${sizePath}.pattern`),
  refused("a pattern that looks ahead", withSize({ pattern: "(?=a)b" }), `${sizePath}.pattern`),
  refused("a pattern that refers back", withSize({ pattern: String.raw`(a)\1` }), `${sizePath}.pattern`),
  taken("a pattern in Go's words", withSize({ pattern: String.raw`(?i)\A[[:alpha:](]+\z` })),
  taken("a pattern of escaped brackets", withSize({ pattern: String.raw`^\(a[)]\Q(\E$` })),
  taken("a required field that there is not", { root: { required: ["nope"] } }),
  refusedRule("self.nope > 1"),
  refusedRule("has(self.nope)"),
  refusedRule("self.a-b == 1"),
  takenRule("self.a__dash__b == ''"),
  takenRule("self.map.anything == 'a'"),
  refusedRule("self.free.a == 'a'"),
  refusedRule("self.partly.b == 'a'"),
  takenRule("self.partly.a == 'a'"),
  takenRule("self.template.metadata.name == 'a'"),
  takenRule("self.template.kind == 'a'"),
  refusedRule("has(self.template.spec)"),
  takenRule("self.list.all(each, each.key == 'a')"),
  refusedRule("self.list.all(each, each.kee == 'a')"),
  takenRule("self.list.all(self, self.key == 'a')"),
  takenRule("self.map.all(name, self.map[name] == 'a')"),
  refused("a function that there is not", withRule("cel.bind(first, self.list, first.size() > 0)")),
  takenRule("type(self.size) == string && self.list[0].key == 'a'"),
  refusedRule("self.list[0].kee == 'a'"),
  refusedRule("self['count'] == 1"),
  refusedRule("self.count >= oldSelf.nope"),
  refusedRule("self.?nope.hasValue()"),
  takenRule("self.?size.hasValue()"),
  refusedRule("slef.count > 1"),
  refusedRule("self.size"),
  ...refusedTypes.map((rule) => refusedRule(rule)),
  ...takenTypes.map(takenRule),
  ...costs.map(({ name, fields, rule, isTaken, at = "" }): BrokenCrd =>
    isTaken
      ? taken(name, { fields, rules: [{ rule }] })
      : refused(
          name,
          { fields, rules: [{ rule }] },
          at === "" ? rulePath : `${schemaPath}.properties.spec.${at}`,
        ),
  ),
  refused(
    "many rules that cost too much together",
    { fields: { x: text }, rules: Array.from({ length: 12 }, (_, count) => ({ rule: costlyRule(count) })) },
    schemaPath,
  ),
  taken("a rule that stands twice", { rules: [{ rule: "true" }, { rule: "true" }] }),
  taken("few of these rules", {
    fields: { x: text },
    rules: Array.from({ length: 8 }, (_, count) => ({ rule: costlyRule(count) })),
  }),
  refused(
    "a message that is no text",
    { rules: [{ rule: "true", messageExpression: "self.count" }] },
    rulePath.replace(/rule$/, "messageExpression"),
  ),
  taken("an optional oldSelf", {
    rules: [{ rule: "!oldSelf.hasValue() || oldSelf.value().count == self.count", optionalOldSelf: true }],
  }),
  refused(
    "an optional oldSelf as a plain one",
    { rules: [{ rule: "oldSelf == self", optionalOldSelf: true }] },
    rulePath,
  ),
  ...Object.entries({ atomic: false, set: false, map: true }).map(([type, isKnown]) => {
    const items = objectOf(
      { key: { type: "string", maxLength: 9 } },
      {
        required: ["key"],
        "x-kubernetes-map-type": "atomic",
        "x-kubernetes-validations": [{ rule: "self == oldSelf" }],
      },
    );
    const x = { type: "array", maxItems: 3, items, "x-kubernetes-list-type": type };
    const list = type === "map" ? { ...x, "x-kubernetes-list-map-keys": ["key"] } : x;
    const name = `what was before an element of a list of the type ${type}`;
    return isKnown
      ? takenField(name, list)
      : refusedField(name, list, "items.x-kubernetes-validations[0].rule");
  }),
  takenField("what was before a field of an object that is atomic", {
    ...objectOf({ a: { ...text, "x-kubernetes-validations": [{ rule: "self == oldSelf" }] } }),
    "x-kubernetes-map-type": "atomic",
  }),
  refused(
    "a rule of what has no type",
    { fields: { x: { ...preserved, "x-kubernetes-validations": [{ rule: "true" }] } } },
    `${xPath}.x-kubernetes-validations[0].rule`,
  ),
  taken("the name of the object", withRootRule("self.metadata.name == 'a' && self.kind == 'Shop'")),
  refused(
    "the namespace of the object",
    withRootRule("self.metadata.namespace == 'a'"),
    `${schemaPath}.x-kubernetes-validations[0].rule`,
  ),
  refused(
    "a status that the schema does not have",
    withRootRule("has(self.status)"),
    `${schemaPath}.x-kubernetes-validations[0].rule`,
  ),
  refused(
    "a message of a field that there is not",
    { rules: [{ rule: "true", messageExpression: "self.nope" }] },
    rulePath.replace(/rule$/, "messageExpression"),
  ),
  refused(
    "a path to a field that there is not",
    { rules: [{ rule: "true", fieldPath: ".nope" }] },
    rulePath.replace(/rule$/, "fieldPath"),
  ),
  taken("a path to a field", { rules: [{ rule: "true", fieldPath: ".partly.a" }] }),
  refused(
    "a reason that there is not",
    { rules: [{ rule: "true", reason: "Nope" }] },
    rulePath.replace(/rule$/, "reason"),
  ),
  taken("a field whose name CEL reserves", {
    fields: { namespace: text },
    ...withRule("self.__namespace__ == '' || self.namespace == ''"),
  }),
  refused(
    "an annotation that is a number",
    { metadata: { annotations: { a: 1 } } },
    "metadata.annotations.a",
  ),
  refused("a label that is an object", { metadata: { labels: { a: {} } } }, "metadata.labels.a"),
  taken("an annotation without a value", { metadata: { annotations: { a: null } } }),
  takenField("any field beside known ones", objectOf({ a: text }, { additionalProperties: true })),
  takenField("fields of a map beside none that are known", objectOf({}, { additionalProperties: text })),
  refusedField(
    "fields of a map beside known ones",
    objectOf({ a: text }, { additionalProperties: text }),
    "additionalProperties",
  ),
  takenField(
    "a branch with a field that is not outside",
    objectOf({ a: text }, { anyOf: [{ properties: { b: {} } }] }),
  ),
  refused(
    "a branch of the object itself with a field that is not outside",
    { root: { anyOf: [{ properties: { nope: { maxLength: 3 } } }] } },
    `${schemaPath}.anyOf[0].properties.nope`,
  ),
  refused(
    "one that is deeper in it",
    { root: { not: { allOf: [{ properties: { spec: { properties: { nope: {} } } } }] } } },
    `${schemaPath}.not.allOf[0].properties.spec.properties.nope`,
  ),
  taken("a branch of the object itself with fields that are outside", {
    root: {
      oneOf: [{ properties: { spec: { required: ["size"], properties: { list: { maxItems: 1 } } } } }],
    },
  }),
  refused(
    "one with a field of what keeps unknown ones",
    { root: { anyOf: [{ properties: { spec: { properties: { free: { properties: { a: {} } } } } } }] } },
    `${schemaPath}.anyOf[0].properties.spec.properties.free.properties.a`,
  ),
  refused(
    "one with a key of a map",
    { root: { anyOf: [{ properties: { spec: { properties: { map: { properties: { a: {} } } } } } }] } },
    `${schemaPath}.anyOf[0].properties.spec.properties.map.properties.a`,
  ),
  refusedField(
    "a list of schemas in a branch",
    { type: "array", items: text, anyOf: [{ items: [{}] }] },
    "anyOf[0].items",
  ),
  ...Object.entries({ $schema: "", id: "", definitions: {}, patternProperties: {} }).map(([word, empty]) =>
    takenField(`an empty ${word}`, { ...text, [word]: empty }),
  ),
  ...["$ref", "id"].map((word) =>
    refusedField(`${word} in a branch`, { ...text, anyOf: [{ [word]: "a" }] }, `anyOf[0].${word}`),
  ),
  ...Object.entries({ description: "", nullable: false, title: "" }).map(([word, empty]) =>
    takenField(`an empty ${word} in a branch`, { ...text, anyOf: [{ [word]: empty }] }),
  ),
  refusedField(
    "anything that is a number or a text",
    { "x-kubernetes-int-or-string": true, ...preserved },
    "x-kubernetes-preserve-unknown-fields",
  ),
  refusedField("an embedded list", { ...embedded, type: "array", items: text }, "type"),
  takenDefault("of null", { ...text, default: null }),
  takenDefault("of true for a number or a text", { "x-kubernetes-int-or-string": true, default: true }),
  refusedDefault("beside the pattern of a number or a text", {
    "x-kubernetes-int-or-string": true,
    pattern: "^a",
    default: "b",
  }),
  takenDefault("in another order than in enum", {
    ...objectOf({ a: text, b: text }),
    enum: [{ a: "1", b: "2" }],
    default: { b: "2", a: "1" },
  }),
  refusedDefault("that is no multiple", { type: "integer", multipleOf: 2, default: 3 }),
  refusedDefault("of too few fields", { ...(soundFields["map"] as Fields), minProperties: 1, default: {} }),
  refusedDefault("of too many fields", {
    ...(soundFields["map"] as Fields),
    maxProperties: 1,
    default: { a: "1", b: "2" },
  }),
  refusedDefault("that leaves a required field to its own default", {
    ...objectOf({ a: { ...text, default: "x" } }, { required: ["a"] }),
    default: {},
  }),
  refusedDefault("of an embedded object without a kind", { ...embedded, default: { apiVersion: "v1" } }),
  takenDefault("of an embedded object", { ...embedded, default: { apiVersion: "v1", kind: "Pod" } }),
  taken("a default of the object itself", {
    root: { default: { apiVersion: "example.com/v1", kind: "Shop" } },
  }),
  ...[
    "a*+",
    "a?*",
    "a++",
    "a{2}{3}",
    "a{1001}",
    "a{3,1}",
    "[z-a]",
    "[]",
    "a|*",
    "(?>a)",
    "(?#a)",
    "[[:nope:]]",
  ].map(refusedPattern),
  ...[String.raw`\i`, "a\\", String.raw`\cA`, String.raw`\u0041`, String.raw`a\Z`, String.raw`\C`].map(
    refusedPattern,
  ),
  ...[
    "a*?b??c+?",
    "a{2}?",
    "(?i:a)*",
    "(?:a)?",
    "[]a]",
    "[*+?]+",
    String.raw`\++`,
    String.raw`\\i\x41\pL`,
  ].map(takenPattern),
  taken("a default that is a multiple but for what is lost in division", {
    fields: { tenths: { type: "number", multipleOf: 0.1, default: 0.3 } },
  }),
  taken("a default below the values of a map that does not fit", {
    fields: {
      maps: { type: "object", additionalProperties: objectOf({ a: { type: "integer", default: "x" } }) },
    },
  }),
  taken("a default of an embedded object with more metadata than is stated", {
    fields: {
      pod: objectOf(
        { metadata: objectOf({ name: text }) },
        {
          "x-kubernetes-embedded-resource": true,
          default: { apiVersion: "v1", kind: "Pod", metadata: { name: "a", labels: { a: "b" } } },
        },
      ),
    },
  }),
  refusedRuleField("a blank message", { message: " " }, "message"),
  refusedRuleField("a message of two lines", { message: "a\nb" }, "message"),
  refusedRuleField("two lines and no message", { rule: "true\n&& true" }, "message"),
  takenRuleField("two lines and a message", { rule: "true\n&& true", message: "a" }),
  takenRuleField("a line break at its end", { rule: "true\n" }),
  takenRuleField("an empty expression of its message", { messageExpression: "" }),
  refusedRuleField("an empty reason", { reason: "" }, "reason"),
  refusedRuleField("optionalOldSelf and no oldSelf", { optionalOldSelf: true }, "optionalOldSelf"),
  ...[
    " ",
    "size",
    ".",
    ".list[0]",
    ".map['a'].b",
    ".size\n",
    ".map['a'",
    ".map[a]",
    ".size.a",
    ".list.key",
    ".free.a",
  ].map((path) => refusedRuleField(`the path ${JSON.stringify(path)}`, { fieldPath: path }, "fieldPath")),
  ...["", ".map.a", ".map['a']", "['size']", ".a-b"].map((path) =>
    takenRuleField(`the path ${JSON.stringify(path)}`, { fieldPath: path }),
  ),
  refused(
    "a warning of too many bytes",
    { version: { deprecated: true, deprecationWarning: "é".repeat(200) } },
    "spec.versions[0].deprecationWarning",
  ),
  taken("objects that are listed by an entry of a map", selecting(".spec.map.a")),
  refused(
    "objects that are listed by a list",
    selecting(".spec.list"),
    "spec.versions[0].selectableFields[0].jsonPath",
  ),
];
