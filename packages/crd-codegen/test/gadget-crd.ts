/** A made-up CRD with every feature of a structural schema. */
export const gadgetCrd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gadgets.features.example.com }
spec:
  group: features.example.com
  names: { kind: Gadget, listKind: GadgetList, plural: gadgets, singular: gadget }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              properties:
                port: { x-kubernetes-int-or-string: true }
                portBoth: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }
                memory:
                  x-kubernetes-int-or-string: true
                  anyOf: [{ type: integer }, { type: string }]
                  maxLength: 20
                  pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'
                anything: { x-kubernetes-preserve-unknown-fields: true }
                open:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                  properties: { known: { type: integer, default: 7 } }
                embedded:
                  type: object
                  x-kubernetes-embedded-resource: true
                  x-kubernetes-preserve-unknown-fields: true
                embeddedClosed:
                  type: object
                  x-kubernetes-embedded-resource: true
                  properties: { data: { type: object, additionalProperties: { type: string } } }
                maybe: { type: string, nullable: true }
                maybeWithDefault: { type: string, nullable: true, default: hello }
                never: { type: string }
                tuning:
                  type: object
                  default: { retries: 3 }
                  properties:
                    retries: { type: integer, minimum: 0, maximum: 10, default: 5 }
                    factor: { type: number, exclusiveMinimum: true, minimum: 0, default: 1.5 }
                zones: { type: array, default: [a, b], items: { type: string } }
                size: { type: string, enum: [small, big], default: small }
                level: { type: integer, enum: [1, 2, 3] }
                mode: { type: string, nullable: true, enum: [on, off, null] }
                when: { type: string, format: date-time }
                day: { type: string, format: date }
                wait: { type: string, format: duration }
                host: { type: string, format: hostname }
                address: { type: string, format: ipv4, maxLength: 20 }
                address6: { type: string, format: ipv6 }
                range: { type: string, format: cidr }
                link: { type: string, format: uri }
                blob: { type: string, format: byte }
                id: { type: string, format: uuid }
                hardware: { type: string, format: mac }
                mail: { type: string, format: email }
                count: { type: integer, format: int32, multipleOf: 5 }
                invented: { type: string, format: invented }
                code: { type: string, pattern: '^[\\w\\-]+$', minLength: 2, maxLength: 4 }
                insensitive: { type: string, pattern: '(?i)^ab[[:digit:]]+\\z' }
                punctuated: { type: string, pattern: '^\\/[a-z\\_\\"\\@]+\\:$' }
                labels: { type: object, maxProperties: 2, additionalProperties: { type: string, minLength: 1 } }
                counts: { type: object, additionalProperties: { type: integer } }
                tags: { type: array, x-kubernetes-list-type: set, minItems: 1, maxItems: 3, items: { type: string, maxLength: 10 } }
                ports:
                  type: array
                  maxItems: 5
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [number, protocol]
                  items:
                    type: object
                    required: [number]
                    properties:
                      number: { type: integer }
                      protocol: { type: string, default: TCP, maxLength: 10 }
                      name: { type: string, maxLength: 20 }
                    x-kubernetes-validations:
                      - { rule: "!has(self.name) || self.name != 'bad'", message: a port is not bad }
                      - { rule: "self.number >= oldSelf.number", message: a port never falls }
                atom: { type: object, x-kubernetes-map-type: atomic, properties: { a: { type: string } } }
                source:
                  type: object
                  properties: { file: { type: string }, url: { type: string }, inline: { type: string } }
                  oneOf: [{ required: [file] }, { required: [url] }, { required: [inline] }]
                target:
                  type: object
                  properties: { a: { type: string }, b: { type: string } }
                  anyOf: [{ required: [a] }, { required: [b] }]
                  not: { required: [a, b], properties: { a: { enum: [x] } } }
                narrowed: { type: string, allOf: [{ enum: [a, b, c] }, { enum: [b, c, d] }] }
                kind:
                  type: object
                  properties: { type: { type: string }, size: { type: integer } }
                  oneOf:
                    - { properties: { type: { enum: [plain] } }, not: { required: [size] } }
                    - { properties: { type: { enum: [sized] }, size: { minimum: 1 } }, required: [size] }
                replicas: { type: integer, minimum: 0, maximum: 100 }
                minReplicas: { type: integer, minimum: 0, maximum: 100, default: 0 }
                frozen:
                  type: string
                  maxLength: 20
                  x-kubernetes-validations: [{ rule: self == oldSelf, message: is immutable }]
                namespace: { type: string, maxLength: 20 }
                ratio: { type: number }
                span: { type: string, format: duration, maxLength: 20 }
                budget: { x-kubernetes-int-or-string: true, maxLength: 20 }
              x-kubernetes-validations:
                - rule: "!has(self.replicas) || self.minReplicas <= self.replicas"
                  messageExpression: "(self.minReplicas > 10 ? 'far' : 'somewhat') + ' below the least'"
                  fieldPath: .replicas
                - { rule: "!has(self.__namespace__) || self.__namespace__ != 'kube-system'", message: not that namespace }
                - { rule: "!has(self.ratio) || self.ratio < 2.5" }
                - { rule: "!has(self.span) || self.span > duration('1s')", message: too short }
                - { rule: "!has(self.budget) || (type(self.budget) == int ? self.budget > 0 : self.budget.endsWith('%'))", message: a number or a share }
                - { rule: "!has(self.address) || !self.address.matches('^10[.]')", message: not a private address }
                - { rule: "!has(self.memory) || type(self.memory) == int || quantity(self.memory).isLessThan(quantity('1Gi'))", message: too much memory }
                - rule: "!has(self.tags) || self.tags.all(t, t.lowerAscii() == t) && (self.tags.isSorted() || self.tags.size() < 3)"
                  message: tags are in lower case and sorted
                - { rule: "oldSelf.hasValue() || !has(self.never)", optionalOldSelf: true, message: never at first }
            status:
              type: object
              properties: { ready: { type: boolean, default: false } }
          x-kubernetes-validations:
            - { rule: "self.metadata.name.startsWith('g')", message: names start with g }
`;
