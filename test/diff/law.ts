import fc from 'fast-check';
import { type DiffReport, diffSides, highest, type Side } from '../../src/diff/index.ts';
import { FILE, sideOf } from './sides.ts';
import { partial, parts, type Spec, specOf, specPair } from './specs.ts';

function sideWith(spec: Spec, tone: string): Side {
  return sideOf({ [FILE]: JSON.stringify(spec), 'tone.partial.md': tone });
}

function diff(old: Spec, now: Spec, partials: { readonly old: string; readonly new: string }): DiffReport {
  return diffSides(sideWith(old, partials.old), sideWith(now, partials.new), { today: '2026-01-15' });
}

/** A digest differs exactly where a change is seen, and the contract's wherever a change of contract or of in- and output is. */
export function checkDigestLaw(runs: number, seed: number): void {
  fc.assert(
    fc.property(specPair, partial, partial, fc.boolean(), (specs, one, other, isSame) => {
      const { prompts } = diff(specs.old, specs.new, { old: one, new: isSame ? one : other });
      const [prompt] = prompts;
      const { old, new: now } = prompt!.pair;
      const differs = old!.json.contentDigest !== now!.json.contentDigest;
      const kinds = prompt!.changes.map(({ kind }) => kind).join(', ');
      if (differs !== (prompt!.level !== 'none'))
        throw new Error(`digest ${differs ? 'differs' : 'agrees'}, but: ${kinds || 'no change'}`);
      const isContract = prompt!.changes.some(({ category }) => category !== 'BEHAVIOR');
      if (isContract && old!.json.contractDigest === now!.json.contractDigest)
        throw new Error(`the contract digest agrees, but: ${kinds}`);
    }),
    { numRuns: runs, seed },
  );
}

/** More edits never lower the level; none is no change. */
export function checkMonotone(runs: number, seed: number): void {
  const names = Object.keys(parts);
  fc.assert(
    fc.property(
      fc.record(parts),
      fc.record(parts),
      fc.subarray(names),
      fc.subarray(names),
      (base, other, few, more) => {
        const tone = { old: 'Be kind.', new: 'Be kind.' };
        const edited = (changed: readonly string[]): Spec =>
          specOf({ ...base, ...Object.fromEntries(changed.map((part) => [part, other[part]!])) });
        const old = specOf(base);
        if (diff(old, old, tone).changes.length > 0) throw new Error('a prompt differs from itself');
        const less = diff(old, edited(few), tone).level;
        const most = diff(old, edited([...few, ...more]), tone).level;
        if (highest([less, most]) !== most)
          throw new Error(`${less} for ${few.join()}, but ${most} with ${more.join()} too`);
      },
    ),
    { numRuns: runs, seed },
  );
}
