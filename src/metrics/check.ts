/** Refuses what isn't a text: a number or undefined that slipped in would otherwise score like a word. */
export function requireText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string')
    throw new TypeError(`${name} must be a string, got ${value === null ? 'null' : typeof value}`);
}

/** Refuses an empty list of references, a single string in the place of the list, and anything in it that isn't a text. */
export function requireReferences(
  references: readonly unknown[],
  name: string = 'references',
): asserts references is readonly string[] {
  if (!Array.isArray(references)) throw new TypeError(`${name} must be a list of strings`);
  if (references.length === 0) throw new RangeError(`${name} is empty: a score needs at least one reference`);
  references.forEach((reference, at) => requireText(reference, `${name}[${at}]`));
}

/** Refuses a corpus whose hypotheses and lists of references don't pair up. */
export function requireCorpus(hypotheses: readonly unknown[], references: readonly (readonly unknown[])[]): void {
  if (!Array.isArray(hypotheses)) throw new TypeError('hypotheses must be a list of strings');
  if (!Array.isArray(references)) throw new TypeError('references must be a list of lists of strings');
  if (hypotheses.length === 0) throw new RangeError('hypotheses is empty: there is nothing to score');
  if (hypotheses.length !== references.length) {
    throw new RangeError(
      `${hypotheses.length} hypotheses, but references for ${references.length}: references[i] holds those of hypothesis i`,
    );
  }
  hypotheses.forEach((hypothesis, at) => requireText(hypothesis, `hypotheses[${at}]`));
  references.forEach((list, at) => requireReferences(list, `references[${at}]`));
}

/** Refuses NaN, infinities and what lies outside the given bounds. */
export function requireNumber(value: number, name: string, least: number = -Infinity, most: number = Infinity): void {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new RangeError(`${name} must be a finite number, got ${value}`);
  if (value < least || value > most) throw new RangeError(`${name} must be from ${least} to ${most}, got ${value}`);
}

/** Refuses fractions, and what lies outside the given bounds. */
export function requireInteger(
  value: number,
  name: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isInteger(value)) throw new RangeError(`${name} must be a whole number, got ${value}`);
  requireNumber(value, name, least, most);
}
