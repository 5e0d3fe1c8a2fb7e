import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCRIPT } from '../../src/report/eval-html/script.ts';
import { deskFolder, type EvalJson, startEval } from '../support/eval-cli.ts';
import { LlmServer } from '../support/llm-server.ts';

type Run = { readonly kind: 'same' | 'gone' | 'added'; readonly text: string };

// The page's own functions, as the page has them.
const page = runInNewContext(`${SCRIPT}; ({ wordDiff, histogram })`) as {
  wordDiff(before: string, now: string): Run[];
  histogram(values: number[], bins: number): { counts: number[]; low: number; high: number };
};

describe('the page', () => {
  it('holds the results as data that no result can break out of', async () => {
    const server = await LlmServer.start({
      answer: () => '</script><script>alert(1)</script><!-- \u2028 <img src=x onerror=alert(1)>',
    });
    const folder = deskFolder({ url: server.url, rows: [{ $name: '</title><b>', ticket: 'T-1', expected: 'T-1' }] });
    await startEval(folder, ['eval', '-q', '--format', 'html=report.html', '--format', 'json=report.json']).done;
    await server.stop();
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html).not.toMatch(/<img|<b>/);
    const data = /id="data">([^]*?)<\/script>/.exec(html)![1]!;
    const { results } = JSON.parse(data) as EvalJson;
    expect(results).toEqual((JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as EvalJson).results);
    // The policy names the script by its hash, so it and nothing else may run.
    const script = /<script>([^]*?)<\/script>/.exec(html)![1]!;
    expect(html).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg|127\.0\.0\.1)/);
  });

  it('shows a diff whose sides are the two outputs', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '.', '\n', '🐛'), maxLength: 40 });
    fc.assert(
      fc.property(text, text, (before, now) => {
        const runs = page.wordDiff(before, now);
        const side = (kind: Run['kind']): string =>
          runs
            .filter((run) => run.kind === 'same' || run.kind === kind)
            .map((run) => run.text)
            .join('');
        expect([side('gone'), side('added')]).toEqual([before, now]);
      }),
    );
    expect(
      page
        .wordDiff('the app crashes now', 'the app hangs now')
        .filter(({ kind }) => kind !== 'same')
        .map(({ text }) => text),
    ).toEqual(['crashes', 'hangs']);
  });

  it('counts every score in one bar', () => {
    expect([...page.histogram([0, 0.05, 0.5, 1, 1], 10).counts]).toEqual([2, 0, 0, 0, 0, 1, 0, 0, 0, 2]);
    expect(page.histogram([30, 45], 10)).toMatchObject({ low: 0, high: 45 });
  });
});
