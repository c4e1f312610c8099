import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

/*
 * Jazzer.js' addon for Linux is linked on a machine of 2024, and asks for glibc 2.38 and the libstdc++ of GCC 13. It needs
 * nothing of them: `__isoc23_strtol` is what `strtol` is called there, and `_ZSt21ios_base_library_initv` is referred to,
 * but never called. Where the loader refuses it, as on Debian 12, a copy is loaded that does not ask for them.
 */
const newer = new Set(["GLIBC_2.38", "GLIBCXX_3.4.32"]);
const renamed = "__isoc23_";
const neverCalled = "_ZSt21ios_base_library_initv";

/** Sections of an ELF file, by their type: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html */
const sectionTypes = { symbols: 11, versions: 0x6fff_ffff, needs: 0x6fff_fffe } as const;

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  /** The index of a section that goes with it. */
  readonly link: number;
}

/** Loads an addon, or a copy of it that asks for less, in place of `process.dlopen`. */
export function loadRelinked(copy: string): void {
  const load = process.dlopen.bind(process);
  process.dlopen = (module: object, file: string, ...flags: number[]): void => {
    try {
      Reflect.apply(load, undefined, [module, file, ...flags]);
    } catch (error) {
      if (!(error instanceof Error) || ![...newer].some((version) => error.message.includes(version)))
        throw error;
      relink(file, copy);
      Reflect.apply(load, undefined, [module, copy, ...flags]);
    }
  };
}

/** Copies a shared library of 64 bits without what it says of newer versions. */
function relink(file: string, copy: string): void {
  copyFileSync(file, copy);
  const elf = readFileSync(file);
  const sections = sectionsOf(elf);
  const symbols = sectionOf(sections, sectionTypes.symbols);
  const strings = sections[symbols.link]?.offset ?? 0;
  const nameAt = (offset: number): string =>
    elf.toString("latin1", strings + offset, elf.indexOf(0, strings + offset));
  const versions = sectionOf(sections, sectionTypes.versions);
  for (let index = 0; index * 24 < symbols.size; index++) {
    const symbol = symbols.offset + index * 24;
    const name = nameAt(elf.readUInt32LE(symbol));
    if (name.startsWith(renamed)) {
      elf.writeUInt32LE(elf.readUInt32LE(symbol) + renamed.length, symbol);
      // The version that every library has.
      elf.writeUInt16LE(1, versions.offset + index * 2);
    }
    // A weak symbol may be missing.
    if (name === neverCalled) elf.writeUInt8((elf.readUInt8(symbol + 4) & 0xf) | 0x20, symbol + 4);
  }
  for (const need of needsIn(elf, sectionOf(sections, sectionTypes.needs)))
    if (newer.has(nameAt(elf.readUInt32LE(need + 8)))) elf.writeUInt16LE(2, need + 4);
  writeFileSync(copy, elf);
}

function sectionsOf(elf: Buffer): Section[] {
  const start = Number(elf.readBigUInt64LE(0x28));
  return Array.from({ length: elf.readUInt16LE(0x3c) }, (_, index) => {
    const header = start + index * elf.readUInt16LE(0x3a);
    return {
      type: elf.readUInt32LE(header + 4),
      offset: Number(elf.readBigUInt64LE(header + 24)),
      size: Number(elf.readBigUInt64LE(header + 32)),
      link: elf.readUInt32LE(header + 40),
    };
  });
}

function sectionOf(sections: readonly Section[], type: number): Section {
  const found = sections.find((section) => section.type === type);
  if (found) return found;
  throw new Error(`the addon has no section of type ${type}`);
}

/** Where the versions stand that are needed, of one library after the other. */
function* needsIn(elf: Buffer, { offset }: Section): Iterable<number> {
  for (let library = offset, next = -1; next !== 0; library += next) {
    let need = library + elf.readUInt32LE(library + 8);
    for (let count = elf.readUInt16LE(library + 2); count > 0; count--) {
      yield need;
      need += elf.readUInt32LE(need + 12);
    }
    next = elf.readUInt32LE(library + 12);
  }
}
