import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Rooms by floor: a room imports its own folder and lower floors. */
const FLOORS: readonly (readonly string[])[] = [
  ['runtime', 'metrics'],
  ['model'],
  ['workspace', 'store', 'providers'],
  ['lint', 'fmt', 'tokens', 'render', 'eval', 'diff', 'release', 'compile', 'import'],
  ['report', 'lsp'],
  ['cli', 'adapters'],
];

/** Siblings that may be imported. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  tokens: ['render'],
  lint: ['tokens', 'render'],
  diff: ['compile', 'render', 'tokens'],
  compile: ['tokens', 'render'],
  eval: ['render', 'tokens'],
  release: ['diff', 'compile', 'render'],
};

/** Files that may do I/O outside the rooms for it. */
const IO_ROOMS = new Set(['workspace', 'store', 'providers', 'cli']);
const IO_FILES = new Set(['runtime/node.ts', 'tokens/bpe/load.ts', 'release/git.ts']);
const IO_MODULES = /^node:(?:fs|net|http|https|child_process|dgram|tls)(?:\/|$)/;

interface Import {
  readonly from: string;
  readonly specifier: string;
}

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

/** Type-only imports count too: a type from a higher floor is as wrong as a call. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...found].map((match) => ({ from: file, specifier: (match[1] ?? match[2] ?? match[3])! }));
}

const imports = files.flatMap(importsOf);

function roomOf(file: string): string {
  return file.includes('/') ? file.split('/')[0]! : 'index';
}

function targetOf({ from, specifier }: Import): string | undefined {
  return specifier.startsWith('.')
    ? relative(SRC, resolve(SRC, dirname(from), specifier)).replaceAll('\\', '/')
    : undefined;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

describe('the floors', () => {
  it('knows every room', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== 'index'));
    expect([...rooms].filter((room) => floorOf(room) < 0)).toEqual([]);
  });

  it('sees imports at all', () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  it('has no import that runs upward or to a sibling without an arrow', () => {
    const wrong = imports.flatMap((entry) => {
      const target = targetOf(entry);
      const from = roomOf(entry.from);
      if (target === undefined || from === 'index') return [];
      const to = roomOf(target);
      if (to === from || (from === 'adapters' && to === 'runtime')) return [];
      const allowed = from === 'adapters' ? false : floorOf(to) < floorOf(from) || (ARROWS[from] ?? []).includes(to);
      return allowed ? [] : [`${entry.from} -> ${target}`];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps packages and node modules out of runtime and metrics', () => {
    const wrong = imports
      .filter(({ from }) => ['runtime', 'metrics'].includes(roomOf(from)) && from !== 'runtime/node.ts')
      .filter(({ specifier }) => !specifier.startsWith('.'));
    expect(wrong).toEqual([]);
  });

  it('does I/O only in the rooms for it', () => {
    const wrong = imports
      .filter(({ from, specifier }) => IO_MODULES.test(specifier) && !IO_ROOMS.has(roomOf(from)) && !IO_FILES.has(from))
      .map(({ from, specifier }) => `${from} -> ${specifier}`);
    expect(wrong).toEqual([]);
  });

  it('has no cycle of files', () => {
    const edges = new Map<string, string[]>();
    for (const entry of imports) {
      const target = targetOf(entry);
      if (target !== undefined) edges.set(entry.from, [...(edges.get(entry.from) ?? []), target]);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      else if (!done.has(file)) for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('imports other rooms by their door', () => {
    const doors = /^(?:[\w-]+)\/(?:index|node)\.ts$/;
    /** Rooms whose folders are doors of their own. */
    const inner =
      /^(?:tokens\/(?:models|prices|prompt|estimate|chat)|metrics\/stats|diff\/schema-compat|report\/[\w-]+|cli\/[\w-]+)(?:\/index)?\.ts$/;
    const wrong = imports.flatMap((entry) => {
      const target = targetOf(entry);
      if (target === undefined || roomOf(target) === roomOf(entry.from) || roomOf(entry.from) === 'index') return [];
      return doors.test(target) || inner.test(target) ? [] : [`${entry.from} -> ${target}`];
    });
    expect(wrong).toEqual([]);
  });
});
