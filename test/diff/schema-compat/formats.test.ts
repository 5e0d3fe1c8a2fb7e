import { describe, expect, it } from 'vitest';
import { formatSamples, formatShape } from '../../../src/diff/schema-compat/formats.ts';
import { formatOf } from '../../../src/diff/schema-compat/validator.ts';
import { seeded } from './generated-pairs.ts';

const shaped = ['date', 'time', 'iso-time', 'date-time', 'iso-date-time', 'duration', 'email', 'hostname', 'ipv4', 'uri', 'uuid']; // prettier-ignore
const letters = [...'0129aAfFtTzZuUsPK:-+./@ \n_é\u017f\u212a😀'];

describe('the shape of a format', () => {
  it.each(shaped)('holds every %s that ajv takes', (format) => {
    const shape = new RegExp(formatShape(format)!, 'u');
    const isFormat = formatOf(format)!;
    const random = seeded(7);
    const outside = new Set<string>();
    let accepted = 0;
    for (let count = 0; count < 20_000; count++) {
      const text = changed(random.pick(formatSamples(format, 1 + random.below(70))), random);
      if (!isFormat(text)) continue;
      accepted++;
      if (!shape.test(text)) outside.add(text);
    }
    expect([...outside]).toEqual([]);
    expect(accepted).toBeGreaterThan(500);
  });

  it('refuses something, so that it can decide', () => {
    for (const format of shaped) expect(new RegExp(formatShape(format)!, 'u').test('-é')).toBe(false);
  });
});

/** The text with up to three characters taken out, put in or replaced. */
function changed(text: string, random: ReturnType<typeof seeded>): string {
  const characters = [...text];
  for (let edits = random.below(4); edits > 0; edits--) {
    const at = random.below(characters.length + 1);
    if (random.chance(0.5)) characters.splice(at, random.below(2), random.pick(letters));
    else characters.splice(at, 1);
  }
  return characters.join('');
}
