import { Ajv, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsPlugin, { type FormatsPlugin } from 'ajv-formats';
import { compareSchemas, type Role } from '../../../src/diff/schema-compat/index.ts';
import { closed, opened } from '../../../src/diff/schema-compat/closing.ts';
import { toSchema } from '../../../src/diff/schema-compat/document.ts';
import { mapSchemas, type Schema } from '../../../src/diff/schema-compat/positions.ts';
import { readSide } from '../../../src/diff/schema-compat/side.ts';
import { generateInstance, generatePair, seeded, type GeneratedSchema } from './generated-pairs.ts';

const addFormats = formatsPlugin as unknown as FormatsPlugin;
const options: Options = {
  strict: false,
  logger: false,
  ownProperties: true,
  addUsedSchema: false,
  validateSchema: false,
  code: { optimize: false },
};
const newer = new Ajv2020(options);
const older = new Ajv({ ...options, ignoreKeywordsWithRef: true });
addFormats(newer);
addFormats(older);

type Accepts = (value: unknown) => boolean | undefined;

/** The test's own judge of a schema, apart from the one the comparison uses; undefined where ajv's generated code throws. */
export function judge(schema: unknown): Accepts {
  const isOlder = typeof schema === 'object' && schema !== null && '$schema' in schema;
  const ajv = isOlder ? older : newer;
  const safer = withoutTraps(schema as Schema);
  const validate = ajv.compile(safer);
  if (typeof safer === 'object') ajv.removeSchema(safer);
  return (value) => {
    try {
      return validate(value);
    } catch {
      return undefined;
    }
  };
}

/**
 * Says in other words what ajv misjudges: for an array without items it leaves standing what the keyword or the item before
 * it gave `contains`, and beside `prefixItems` it takes the type of `items` for that of all when it looks for equal ones.
 */
function withoutTraps(schema: Schema): Schema {
  if (typeof schema !== 'object') return schema;
  const { contains, uniqueItems, allOf, ...rest } = mapSchemas(schema, withoutTraps);
  const isCounted = (rest['minContains'] ?? 1) !== 1 || rest['maxContains'] !== undefined;
  const apart: Schema[] = [...((allOf as Schema[] | undefined) ?? [])];
  if (contains !== undefined && !isCounted)
    apart.push({ anyOf: [{ not: { type: 'array' } }, { not: { items: { not: contains } } }] });
  if (uniqueItems === true) apart.push({ uniqueItems });
  return {
    ...rest,
    ...(contains === undefined || !isCounted ? {} : { contains }),
    ...(apart.length > 0 ? { allOf: apart } : {}),
  };
}

export interface Tally {
  pairs: number;
  readonly verdicts: Record<string, number>;
  /** How often each keyword stood in the way of an answer. */
  readonly undecided: Record<string, number>;
  readonly mistakes: string[];
  readonly examples: string[];
}

/** Compares `count` generated pairs, each in a random role and mode, and looks for a contradiction to every answer. */
export function tallyPairs(seed: number, count: number, instances: number): Tally {
  const tally: Tally = { pairs: 0, verdicts: {}, undecided: {}, mistakes: [], examples: [] };
  for (let index = 0; index < count; index++) judgePair(seed * 1_000_003 + index, instances, tally);
  return tally;
}

function judgePair(seed: number, instances: number, tally: Tally): void {
  const random = seeded(seed);
  const pair = generatePair(random);
  const role: Role = random.pick(['input', 'output', 'tool-arguments']);
  const mode = random.pick(['tolerant', 'strict'] as const);
  const comparison = compareSchemas({ ...pair, role, mode });
  const report = (what: string, value: unknown): void => {
    tally.mistakes.push(`${what}: ${JSON.stringify({ seed, role, mode, ...pair, value, comparison })}`);
  };
  tally.pairs++;
  tally.verdicts[comparison.verdict] = (tally.verdicts[comparison.verdict] ?? 0) + 1;
  const [written, expected] = role === 'input' ? [pair.old, pair.new] : [pair.new, pair.old];
  const generate = (schema: GeneratedSchema): unknown => generateInstance(schema, schema, random, 4);
  switch (comparison.verdict) {
    case 'unknown': {
      const [reason] = comparison.reasons;
      tally.undecided[reason!.keyword] = (tally.undecided[reason!.keyword] ?? 0) + 1;
      tally.examples.push(JSON.stringify({ role, mode, ...pair, reasons: comparison.reasons }));
      return;
    }
    case 'breaking':
      if (judge(written)(comparison.witness) !== true || judge(expected)(comparison.witness) !== false)
        report('unconfirmed witness', comparison.witness);
      return;
    case 'invalid': {
      const [reason] = comparison.reasons;
      // A generated edit can make a definition speak of itself in place; ajv would recurse for ever.
      if (reason!.keyword === '$ref') return;
      if (reason!.message !== 'no value satisfies the new schema') report('refused a valid schema', undefined);
      const accepts = judge(written);
      for (let count = 0; count < instances; count++) {
        const value = generate(written);
        if (accepts(value)) report('called empty', value);
      }
      return;
    }
    case 'compatible': {
      const writers = [judge(written)];
      const readers = [judge(expected)];
      if (mode === 'tolerant') {
        const sent = judge(toSchema(closed(readSide(written, 'new', undefined).document).document));
        writers.push(sent);
        if (role !== 'input')
          readers.push(judge(toSchema(opened(readSide(expected, 'old', undefined).document).document)));
      }
      for (let count = 0; count < instances; count++) {
        const value = generate(count % 3 === 0 ? expected : written);
        if (writers.every((accepts) => accepts(value)) && readers.every((accepts) => accepts(value) === false)) {
          report('contradicted proof', value);
          return;
        }
      }
    }
  }
}
