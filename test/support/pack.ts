import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newest } from './build.ts';

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** Packs the package as it would be published, built with its declarations, and gives the tarball's path. */
export function packInto(folder: string): string {
  const types = join(ROOT, 'dist/types/index.d.ts');
  if (!existsSync(types) || statSync(types).mtimeMs < newest(join(ROOT, 'src'))) {
    execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts'], { cwd: ROOT, stdio: 'pipe' });
  }
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
  );
}

/** A program that uses every public entry, so that a compiler reads all their declarations. */
export const USE_OF_TYPES = `
import { compileBundle, findConfig, lint, loadWorkspace, memorySource, parseConfig, PromptctlError, type Finding } from 'promptctl';
import { type Bundle, loadBundle, parseOutput, PromptError, toAnthropic, toOpenAI } from 'promptctl/runtime';
import { loadBundleFile } from 'promptctl/runtime/node';
import { countTokens, encode } from 'promptctl/tokens';
import { bleu } from 'promptctl/metrics';
import * as stats from 'promptctl/metrics/stats';

type Prompts = { 'support/triage': { variables: { ticket: string; product?: 'app' | 'billing' }; output: { queue: string } } };
const bundle: Bundle<Prompts> = loadBundle<Prompts>('{}');
const prompt = bundle.prompt('support/triage');
const rendered = prompt.render({ ticket: 'It crashes' });
const request: Record<string, unknown> = toOpenAI(rendered);
const answer = parseOutput(prompt, '{}');
const queue: string = answer.ok ? answer.value.queue : answer.problems[0]!.message;
// @ts-expect-error a prompt that is not there
bundle.prompt('support/reply');
// @ts-expect-error a variable is missing
prompt.render({});
// @ts-expect-error a wrong type
prompt.render({ ticket: 1 });
const found: readonly Finding[] = lint(loadWorkspace(memorySource({}), parseConfig('', undefined))).findings;
const ids: number[] = encode('text', 'o200k_base');
const count: number = countTokens('text', 'o200k_base');
export { bleu, compileBundle, count, findConfig, found, ids, loadBundleFile, PromptctlError, PromptError, queue, request, stats, toAnthropic };
`;
