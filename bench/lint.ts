import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { lint } from '../src/lint/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../src/workspace/index.ts';
import { interleaved, table, verdict } from './support/interleaved.ts';

/** Reading and linting prompts against parsing the same texts with yaml's parseDocument and nothing else. */

const TEMPLATES = fileURLToPath(new URL('../templates/support-desk/', import.meta.url));
const samples = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.prompt.yml'))
  .map((path) => readFileSync(`${TEMPLATES}${path}`, 'utf8'));
const partials = {
  'prompts/policy/tone.partial.md': readFileSync(`${TEMPLATES}prompts/policy/tone.partial.md`, 'utf8'),
};
const schema = readFileSync(`${TEMPLATES}prompts/support/triage.schema.json`, 'utf8');
const cases = readFileSync(`${TEMPLATES}prompts/support/triage.cases.jsonl`, 'utf8');

/** Each with a name and words of its own, so that no cache of texts can help. */
function prompts(count: number): Record<string, string> {
  const files: Record<string, string> = { ...partials };
  for (let at = 0; at < count; at++) {
    const folder = `prompts/desk${at % 50}`;
    const text = samples[at % samples.length]!.replace(/^name: .*$/m, `name: Prompt ${at}`).replaceAll(
      'support desk',
      `support desk ${at}`,
    );
    files[`${folder}/p${at}.prompt.yml`] = text;
    files[`${folder}/triage.schema.json`] = schema;
    files[`${folder}/triage.cases.jsonl`] = cases;
  }
  return files;
}

async function measure(count: number, rounds: number): Promise<{ ratio: number; lintMs: number }> {
  const files = prompts(count);
  const source = memorySource(files);
  const texts = Object.entries(files).flatMap(([path, text]) => (path.endsWith('.prompt.yml') ? [text] : []));
  let sink = 0;
  const results = await interleaved(
    {
      'yaml parseDocument': () => {
        for (const text of texts) sink += parseDocument(text).errors.length;
      },
      'promptctl load + lint': () => {
        sink += lint(
          loadWorkspace(source, parseConfig('prompts: ["prompts/**/*.prompt.yml"]\nroot: prompts\n', undefined)),
          { now: new Date('2026-10-01') },
        ).findings.length;
      },
      'promptctl load': () => {
        sink += loadWorkspace(source, parseConfig('prompts: ["prompts/**/*.prompt.yml"]\nroot: prompts\n', undefined))
          .prompts.length;
      },
    },
    { rounds, warmup: 2 },
  );
  console.log(
    table(`${count} prompts, ${texts.reduce((sum, text) => sum + text.length, 0)} characters (${sink % 2})`, results),
  );
  return {
    ratio: results['promptctl load + lint']!.median / results['yaml parseDocument']!.median,
    lintMs: results['promptctl load + lint']!.median,
  };
}

const small = await measure(2000, 7);
console.log(verdict('load and lint over parseDocument, 2 000 prompts', small.ratio, 2, 'at most'));
if (!process.argv.includes('--quick')) {
  const large = await measure(20_000, 2);
  console.log(
    verdict('time of 20 000 over ten times that of 2 000', large.lintMs / (10 * small.lintMs), 1.3, 'at most'),
  );
}
