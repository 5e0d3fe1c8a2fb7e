import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/model/index.ts';
import { githubLint, githubSummary } from '../../src/report/lint-github.ts';
import { finding, reportOf } from './reports.ts';

const TOP = { prefix: '' };

function many(severity: Severity, count: number): ReturnType<typeof finding>[] {
  return Array.from({ length: count }, (_, at) => finding({ severity, message: `${severity} ${at}` }));
}

describe('GitHub annotations', () => {
  it('are workflow commands with a place and a title', () => {
    expect(githubLint(reportOf([finding({ help: 'move it to a user message' })]), { prefix: 'desk/' })).toBe(
      '::error file=desk/prompts/support/triage.prompt.yml,line=4,endLine=4,col=9,endColumn=19,title=security/untrusted-in-system' +
        '::The ticket is read as instructions%0Amove it to a user message\n',
    );
  });

  it('escape what would end a property or a line', () => {
    const text = githubLint(reportOf([finding({ file: 'a,b:c%.prompt.yml', message: '50%\r\nup: a, b' })]), TOP);
    expect(text).toContain('file=a%2Cb%3Ac%25.prompt.yml,');
    expect(text).toContain('::50%25%0D%0Aup: a, b\n');
  });

  it('leave columns out of a finding over several lines', () => {
    const range = { start: { line: 2, column: 3, offset: 0 }, end: { line: 4, column: 1, offset: 9 } };
    expect(githubLint(reportOf([finding({ range })]), TOP)).toContain(',line=2,endLine=4,title=');
  });

  it('come worst first, at most ten of a kind, and the rest is counted', () => {
    const text = githubLint(reportOf([...many('info', 12), ...many('warning', 3), ...many('error', 11)]), TOP);
    const kinds = text.split('\n').map((line) => /^::(\w+)/.exec(line)?.[1] ?? line);
    expect(kinds).toEqual([
      ...Array<string>(10).fill('error'),
      ...Array<string>(3).fill('warning'),
      ...Array<string>(10).fill('notice'),
      '3 more findings in the step summary, and in `promptctl lint`',
      '',
    ]);
  });

  it('stay one line a finding, whatever a message holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const text = githubLint(
          reportOf([finding({ message, file: `${message.replaceAll('/', '')}.prompt.yml` })]),
          TOP,
        );
        expect(text.match(/[\r\n]/g)).toEqual(['\n']);
      }),
    );
  });
});

describe("GitHub's step summary", () => {
  it('is empty where every finding has its annotation', () => {
    expect(githubSummary(reportOf(many('error', 10)), TOP)).toBe('');
  });

  it('holds what the annotations leave out, as text that Markdown does not read', () => {
    const extra = finding({ message: 'uses | and <b>`code`</b>\nin two lines' });
    expect(githubSummary(reportOf([...many('error', 10), extra]), TOP)).toMatchInlineSnapshot(`
      "### promptctl lint: 1 more finding

      | severity | place | finding | rule |
      | --- | --- | --- | --- |
      | error | prompts/support/triage.prompt.yml:4 | uses \\| and \\<b\\>\\\`code\\\`\\</b\\> in two lines | security/untrusted-in-system |

      "
    `);
  });

  it('stays under the megabyte that GitHub takes, and counts what it cut', () => {
    const text = githubSummary(reportOf(many('warning', 10).concat(Array(30_000).fill(finding()))), TOP);
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    const rows = text.split('\n').filter((line) => line.startsWith('| error')).length;
    expect(text).toContain(`and ${String(29_990 - rows).replace(/\B(?=(?:\d{3})+$)/g, ' ')} more`);
  });
});
