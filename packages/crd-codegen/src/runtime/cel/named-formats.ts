import { hasFormat } from "../format.ts";

/** A format that a rule holds texts against; what is wrong with one, or nothing. */
export class NamedFormat {
  readonly name: string;
  readonly validate: (text: string) => readonly string[];

  constructor(name: string, validate: (text: string) => readonly string[]) {
    this.name = name;
    this.validate = validate;
  }

  equals({ name }: NamedFormat): boolean {
    return this.name === name;
  }
}

const dnsLabelText = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

const shaped = (pattern: string, longest: number) => {
  const expression = new RegExp(`^${pattern}$`);
  return (text: string): string[] => [
    ...(new TextEncoder().encode(text).length > longest ? [`must be no more than ${longest} bytes`] : []),
    ...(expression.test(text) ? [] : [`must match ${pattern}`]),
  ];
};

/** What a name may be made of is asked of a prefix, too, but for a dash at its end. */
const prefix = (check: (text: string) => readonly string[]) => (text: string) =>
  check(text.length > 1 && text.endsWith("-") ? `${text.slice(0, -2)}a` : text);

const ofFormat = (format: string) => (text: string) =>
  hasFormat(text, format) ? [] : [`is not of the format ${format}`];

const dns1123Label = shaped(dnsLabelText, 63);
const dns1123Subdomain = shaped(`${dnsLabelText}(\\.${dnsLabelText})*`, 253);
const dns1035 = shaped("[a-z]([-a-z0-9]*[a-z0-9])?", 63);

function qualifiedNameProblems(text: string): readonly string[] {
  const parts = text.split("/");
  const name = shaped(qualified, 63);
  if (parts.length === 1) return name(text);
  const [domain = "", ...rest] = parts;
  return parts.length === 2
    ? [...dns1123Subdomain(domain), ...name(rest.join("/"))]
    : ["must be a name, or a domain, a slash and a name"];
}

/** The formats of Kubernetes' library (apiserver 1.34, `cel/library/format.go`), by the names that rules have for them. */
export const namedFormats: ReadonlyMap<string, NamedFormat> = new Map(
  Object.entries({
    dns1123Label,
    dns1123Subdomain,
    dns1035Label: dns1035,
    qualifiedName: qualifiedNameProblems,
    dns1123LabelPrefix: prefix(dns1123Label),
    dns1123SubdomainPrefix: prefix(dns1123Subdomain),
    dns1035LabelPrefix: prefix(dns1035),
    labelValue: shaped(`(${qualified})?`, 63),
    uri: ofFormat("uri"),
    uuid: ofFormat("uuid"),
    byte: ofFormat("byte"),
    date: ofFormat("date"),
    datetime: ofFormat("datetime"),
  }).map(([name, validate]) => [name, new NamedFormat(name, validate)]),
);
