import { isIpv6 } from "./address.ts";

/** A URL as Go reads it, which leaves all as it was written. */
export class ReadUrl {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  /** All of it, with what no function shows. */
  readonly text: string;

  constructor(parts: { scheme: string; host: string; path: string; query: string; text: string }) {
    this.scheme = parts.scheme;
    this.host = parts.host;
    this.path = parts.path;
    this.query = parts.query;
    this.text = parts.text;
  }

  equals({ text }: ReadUrl): boolean {
    return this.text === text;
  }

  /** The host without its port, and without the brackets of an IPv6 address. */
  hostname(): string {
    return this.host.replace(/:\d*$/, "").replace(/^\[(.*)\]$/s, "$1");
  }

  port(): string {
    return /:(\d*)$/.exec(this.host)?.[1] ?? "";
  }

  /** The path with the escapes that it was written with, where these say what they have to. */
  escapedPath(): string {
    if (/^(?:[\w.~!$&'()*+,;=:@[\]/-]|%[0-9a-fA-F]{2})*$/.test(this.path)) return this.path;
    return Array.from(new TextEncoder().encode(unescaped(this.path)), (byte) => {
      const character = String.fromCharCode(byte);
      return /[\w.~$&+,/:;=@-]/.test(character) ? character : `%${hex(byte)}`;
    }).join("");
  }

  /** What the query says, by its keys; a piece that is none is passed over. */
  queryValues(): { readonly [key: string]: readonly string[] } {
    const found = new Map<string, string[]>();
    for (const piece of this.query.split("&")) {
      if (piece === "" || piece.includes(";") || hasBadEscape(piece)) continue;
      const [key = "", ...values] = piece.split("=");
      const name = queryText(key);
      found.set(name, [...(found.get(name) ?? []), queryText(values.join("="))]);
    }
    return Object.fromEntries(found);
  }
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, "0");
const hasBadEscape = (text: string): boolean => /%(?![0-9a-fA-F]{2})/.test(text);
const queryText = (text: string): string => unescaped(text.replaceAll("+", " "));

function unescaped(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const found: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    const digits = String.fromCharCode(bytes[index + 1] ?? 0, bytes[index + 2] ?? 0);
    const isEscape = byte === 0x25 && /^[0-9a-fA-F]{2}$/.test(digits);
    found.push(isEscape ? Number.parseInt(digits, 16) : byte);
    if (isEscape) index += 2;
  }
  return new TextDecoder().decode(Uint8Array.from(found));
}

/** Reads what Go's `url.ParseRequestURI` takes: an absolute URL, or an absolute path; undefined for any other text. */
export function readUrl(text: string): ReadUrl | undefined {
  // oxlint-disable-next-line no-control-regex -- they are what is refused
  if (text === "" || /[\u0000-\u001f\u007f]/.test(text)) return undefined;
  const withoutFragment = text.split("#")[0] ?? "";
  if (text === "*") return new ReadUrl({ scheme: "", host: "", path: "*", query: "", text });
  const [, scheme = "", rest = ""] = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(.*)$/s.exec(withoutFragment) ?? [];
  if (withoutFragment.startsWith(":")) return undefined;
  const mark = rest.indexOf("?");
  const [before, query] = mark < 0 ? [rest, ""] : [rest.slice(0, mark), rest.slice(mark + 1)];
  const parts = { scheme: scheme.toLowerCase(), query, text };
  // An opaque URL, such as mailto:, has no path.
  if (!before.startsWith("/"))
    return scheme === "" ? undefined : new ReadUrl({ ...parts, host: "", path: "" });
  if (!before.startsWith("//") || (scheme === "" && before.startsWith("///")))
    return hasBadEscape(before) ? undefined : new ReadUrl({ ...parts, host: "", path: before });
  const [authority = ""] = before.slice(2).split("/");
  const path = before.slice(2 + authority.length);
  if (!isAuthority(authority) || hasBadEscape(path)) return undefined;
  return new ReadUrl({ ...parts, host: unescaped(authority.slice(authority.lastIndexOf("@") + 1)), path });
}

/** What Go takes for a user and a host; letters beyond ASCII are among those of a host. */
function isAuthority(text: string): boolean {
  const at = text.lastIndexOf("@");
  const host = text.slice(at + 1);
  if (hasBadEscape(text) || !/^[\w\-.~!$&'()*+,;=:%@]*$/.test(text.slice(0, Math.max(at, 0)))) return false;
  const [, bracketed] = /^\[([0-9a-fA-F:.]+)(?:%25(?:[^%\]]|%[0-9a-fA-F]{2})+)?\](?::\d*)?$/.exec(host) ?? [];
  if (bracketed !== undefined) return isIpv6(bracketed);
  return /^(?:[\w\-.~!$&'()*+,;=<>"\u0080-\u{10ffff}]|%[89a-fA-F][0-9a-fA-F])*(?::\d*)?$/u.test(host);
}
