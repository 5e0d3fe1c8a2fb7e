import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PromptctlError } from '../../src/model/index.ts';
import {
  Cache,
  Cassettes,
  createRun,
  isHeld,
  Journal,
  listRuns,
  openRun,
  writeFileAtomic,
} from '../../src/store/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'promptctl-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeFileAtomic', () => {
  it('makes folders, writes pieces as one file and leaves nothing beside it', () => {
    const path = join(folder, 'a/b/results.json');
    writeFileAtomic(path, ['{', '"ok":', 'true}']);
    expect(readFileSync(path, 'utf8')).toBe('{"ok":true}');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['results.json']);
  });

  it('leaves what was there when the content fails half way', () => {
    const path = join(folder, 'results.json');
    writeFileAtomic(path, 'before');
    const failing = (function* () {
      yield 'x'.repeat(100_000);
      throw new Error('no more');
    })();
    expect(() => writeFileAtomic(path, failing)).toThrow('no more');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['results.json']);
  });

  it('says which file could not be written, and why', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeFileAtomic(join(folder, 'file/results.json'), 'x')).toThrow(PromptctlError);
  });
});

describe('Journal', () => {
  it('gives back every line, by offset and in order, after any cut of its end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (texts, cut) => {
          const path = join(folder, `${Math.abs(cut)}-${texts.length}.jsonl`);
          rmSync(path, { force: true });
          const lines = texts.map((text) => JSON.stringify({ text }));
          const journal = Journal.create(path);
          const offsets = lines.map((line) => journal.append(line));
          expect(offsets.map((offset) => journal.read(offset))).toEqual(lines);
          expect([...journal.lines()].map(({ line }) => line)).toEqual(lines);
          journal.close();

          const size = readFileSync(path).length;
          const kept = cut % (size + 1);
          truncateSync(path, kept);
          const again = Journal.open(path);
          const whole = [...again.lines()];
          expect(whole.map(({ line }) => line)).toEqual(lines.slice(0, whole.length));
          expect(offsets[whole.length] ?? size).toBeLessThanOrEqual(kept);
          const added = again.append('{"more":1}');
          expect(again.read(added)).toBe('{"more":1}');
          expect([...again.lines()].at(-1)!.line).toBe('{"more":1}');
          again.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is in the file the moment a line is appended', () => {
    const path = join(folder, 'journal.jsonl');
    const journal = Journal.create(path);
    journal.append('{"n":1}');
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n');
    journal.close();
  });

  it('reads lines longer than its blocks', () => {
    const journal = Journal.create(join(folder, 'journal.jsonl'));
    const long = 'é'.repeat(700_000);
    const offsets = [journal.append('{}'), journal.append(long), journal.append('[]')];
    expect(offsets.map((offset) => journal.read(offset))).toEqual(['{}', long, '[]']);
    expect([...journal.lines()].map(({ line }) => line.length)).toEqual([2, 700_000, 2]);
    journal.close();
  });
});

describe('Cache', () => {
  const key = 'ab'.repeat(32);

  it('keeps and gives back by mode', () => {
    new Cache(join(folder, 'cache'), 'write').put(key, { text: 'bugs' });
    expect(new Cache(join(folder, 'cache'), 'read').get(key)).toEqual({ text: 'bugs' });
    expect(new Cache(join(folder, 'cache'), 'off').get(key)).toBeUndefined();
    const refreshed = new Cache(join(folder, 'cache'), 'refresh');
    expect(refreshed.get(key)).toBeUndefined();
    refreshed.put(key, { text: 'billing' });
    expect(new Cache(join(folder, 'cache'), 'write').get(key)).toEqual({ text: 'billing' });
  });

  it('read writes nothing, not even a folder', () => {
    new Cache(join(folder, 'cache'), 'read').put(key, 1);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  it('an entry cut short at any byte, or of another key, is a miss', () => {
    const cache = new Cache(folder, 'write');
    cache.put(key, { text: 'bugs' });
    const path = join(folder, 'ab', `${key.slice(2)}.json`);
    const whole = readFileSync(path);
    for (let size = 0; size < whole.length; size++) {
      writeFileSync(path, whole.subarray(0, size));
      expect(cache.get(key)).toBeUndefined();
    }
    writeFileSync(path, JSON.stringify({ key: 'cd'.repeat(32), value: 1 }));
    expect(cache.get(key)).toBeUndefined();
  });
});

describe('Cassettes', () => {
  const recording = { key: 'k1', promptId: 'support/triage', name: 'crash', model: 'desk-1', answer: { text: 'bugs' } };

  it('write files whose order does not depend on the order of recording', () => {
    const other = { ...recording, key: 'k2', name: 'invoice', answer: { text: 'billing' } };
    new Cassettes(join(folder, 'a')).write([recording, other], true);
    new Cassettes(join(folder, 'b')).write([other, recording], true);
    const written = ['a', 'b'].map((name) => readFileSync(join(folder, name, 'support/triage.json'), 'utf8'));
    expect(written[0]).toBe(written[1]);
    expect(new Cassettes(join(folder, 'a')).get('support/triage', 'k2')).toEqual({ text: 'billing' });
  });

  it('join what was recorded, or replace it as a whole', () => {
    const cassettes = new Cassettes(folder);
    cassettes.write([recording], true);
    cassettes.write([{ ...recording, key: 'k2' }], false);
    expect([cassettes.get('support/triage', 'k1'), cassettes.get('support/triage', 'k2')]).toEqual([
      { text: 'bugs' },
      { text: 'bugs' },
    ]);
    cassettes.write([{ ...recording, key: 'k3' }], true);
    expect(cassettes.get('support/triage', 'k1')).toBeUndefined();
  });

  it('a damaged cassette is an error, not an empty one', () => {
    writeFileSync(join(folder, 'triage.json'), '{"schema":"promptctl.cas');
    expect(() => new Cassettes(folder).get('triage', 'k1')).toThrow(/is no cassette/);
  });
});

describe('runs', () => {
  const noon = Date.UTC(2026, 10, 25, 12);

  it('that start in the same second get folders of their own, listed newest first', () => {
    const runs = [createRun(folder, noon), createRun(folder, noon), createRun(folder, noon + 1000)];
    for (const { journal } of runs) appendFileSync(journal, '{}\n');
    expect(listRuns(folder)).toEqual(['2026-11-25-120001', '2026-11-25-120000-2', '2026-11-25-120000']);
  });

  it('are held by one living process, and free when it is gone', () => {
    const run = createRun(folder, noon);
    appendFileSync(run.journal, '{}\n');
    const lock = join(folder, '.promptctl/runs', run.name, 'lock');
    writeFileSync(lock, String(process.ppid));
    expect(isHeld(folder, run.name)).toBe(true);
    expect(() => openRun(folder, run.name)).toThrow(`in the hands of process ${process.ppid}`);
    const gone = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(lock, gone);
    openRun(folder, run.name).release();
    expect(existsSync(lock)).toBe(false);
  });

  it('cannot be opened where there is none', () => {
    expect(() => openRun(folder, '../../etc')).toThrow('There is no run etc');
  });
});

it('keeps the permissions of a file that it replaces', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'promptctl-mode-')), 'prompt.yml');
  writeFileSync(path, 'old', { mode: 0o600 });
  writeFileAtomic(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
