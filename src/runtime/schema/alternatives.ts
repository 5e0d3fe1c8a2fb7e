import { attempt, fail, keep, type Check } from './cursor.ts';
import { type Compiler, type Keyword, schemaList } from './keyword.ts';
import type { SchemaProblem } from './problem.ts';

export const compileAll = (schemas: readonly unknown[], path: string, { compile }: Compiler): Check[] =>
  schemas.map((schema, index) => compile(schema, `${path}/${index}`));

/** How many steps into the value the deepest problem lies. */
const reach = (problems: readonly SchemaProblem[]): number =>
  Math.max(...problems.map(({ path }) => path.split('/').length - 1));

/** The alternative that got furthest into the value says best what is wrong; problems at the value itself say little. */
const closest = (failed: readonly (readonly SchemaProblem[])[], depth: number): readonly SchemaProblem[] => {
  const best = failed.reduce((a, b) => (reach(b) > reach(a) ? b : a));
  return reach(best) > depth ? best : [];
};

/** `anyOf`, or where it `isExclusive`, `oneOf`. */
export const alternatives = (isExclusive: boolean): Keyword => ({
  takes: schemaList,
  check: (schemas: readonly unknown[], path, _schema, compiler) => {
    const checks = compileAll(schemas, path, compiler);
    const expected = `a match of ${isExclusive ? 'exactly' : 'at least'} one of ${checks.length} alternatives`;
    return (value, at) => {
      const failed: SchemaProblem[][] = [];
      let matches = 0;
      for (const check of checks) {
        const problems = attempt(check, value, at);
        if (problems) failed.push(problems);
        else if (++matches > 1 || !isExclusive) break;
      }
      if (matches === 1) return;
      fail(at, path, expected, value, matches > 1 ? 'more' : undefined);
      if (matches === 0) for (const problem of closest(failed, at.keys.length)) keep(at, problem);
    };
  },
});
