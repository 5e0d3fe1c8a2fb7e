import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';
import * as stats from '../../src/metrics/stats/index.ts';

const root = new URL('../../', import.meta.url);
const sources = readdirSync(new URL('src/metrics/', root), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/metrics/${file}`);

interface Example {
  readonly file: string;
  readonly expression: string;
  readonly printed: string;
}

/** Lines such as `wilson(45, 50); // { low: 0.786, high: 0.957 }`, the result on the same line or the next. */
function findExamples(file: string): Example[] {
  const text = readFileSync(new URL(file, root), 'utf8').replace(/;\n \* \/\//g, '; //');
  return [...text.matchAll(/^(?: \*|\/\*\*.*@example|) ?(?:@example )?(\w+\(.+\)\S*); \/\/ (.+?)(?: \*\/)?$/gm)].map(
    (match) => ({
      file,
      expression: match[1]!,
      printed: match[2]!,
    }),
  );
}

const scope = { ...metrics, ...stats };

function evaluate(expression: string): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- the examples are this repository's own
  return new Function(...Object.keys(scope), `return (${expression})`)(...Object.values(scope));
}

/** What is printed: a value, perhaps with a remark after a colon; an object may leave out fields by dots. */
function readPrinted(printed: string): unknown {
  try {
    return evaluate(printed.replace(/, \.\.\. }/, ' }'));
  } catch {
    return evaluate(printed.slice(0, printed.indexOf(': ')));
  }
}

/** Numbers are compared to the digits that are printed; an object's fields that aren't printed don't count. */
function expectPrinted(actual: unknown, printed: unknown): void {
  if (typeof printed === 'number') {
    const digits = String(printed).split('.')[1]?.length ?? 0;
    expect(Number((actual as number).toFixed(digits))).toBe(printed);
  } else if (typeof printed === 'object' && printed !== null) {
    if (Array.isArray(printed)) expect(actual).toHaveLength(printed.length);
    for (const [key, value] of Object.entries(printed)) expectPrinted((actual as Record<string, unknown>)[key], value);
  } else expect(actual).toBe(printed);
}

const examplesByFile = [...sources, 'docs/metrics.md'].map((file) => [file, findExamples(file)] as const);

describe.each(examplesByFile.filter(([, examples]) => examples.length > 0))('%s', (_, examples) => {
  it.each(examples)('$expression', ({ expression, printed }) => {
    expectPrinted(evaluate(expression), readPrinted(printed));
  });
});

it('finds the examples', () => {
  expect(sources.flatMap(findExamples).length).toBeGreaterThan(35);
  expect(findExamples('docs/metrics.md').length).toBeGreaterThan(20);
});
