import { lstatSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { writeFileAtomic } from '../../store/index.ts';
import { findModel, nearestModel } from '../../tokens/models/index.ts';
import { findConfig, globMatcher, idProblem } from '../../workspace/index.ts';
import type { Command } from '../command.ts';
import { EXIT, usage } from '../exit.ts';
import { packageFolder } from '../package-root.ts';

const TECHNIQUES = ['zero-shot', 'few-shot', 'chain-of-thought'];

export const command: Command = {
  arguments: [{ name: '<id>', description: 'as in support/triage' }],
  options: [
    {
      flags: '--technique <name>',
      description: 'what the prompt relies on',
      choices: TECHNIQUES,
      default: TECHNIQUES[0]!,
    },
    { flags: '--model <id>', description: 'publisher/model', default: 'openai/gpt-4o-mini' },
  ],
  examples: [
    { command: 'promptctl new support/triage', description: 'write prompts/support/triage.prompt.yml' },
    {
      command: 'promptctl new support/triage --technique few-shot --model openai/gpt-4.1-mini',
      description: 'with examples, for another model',
    },
  ],
  run: (context) => {
    const [id = ''] = context.args;
    const problem = idProblem(id);
    if (problem) throw usage(`\`${id}\` can't be an id: ${problem}`);
    const { folder, config } = findConfig(context.cwd, context.config);
    const path = posix.join(config.root, `${id}.prompt.yml`);
    if (!globMatcher(config.prompts)(path))
      throw usage(
        `${path} would not match ${config.prompts.join(', ')}`,
        'choose another id, or widen `prompts:` in promptctl.yaml',
      );
    const full = join(folder, path);
    if (lstatSync(full, { throwIfNoEntry: false })) throw usage(`${path} is there already`, 'choose another id');
    const model = context.options.text('model')!;
    if (!findModel(model))
      context.terminal.note(
        `\`${model}\` is no model that promptctl knows${nearestModel(model) ? `; did you mean \`${nearestModel(model)}\`?` : ''}\n`,
      );
    writeFileAtomic(full, scaffold(id, path, context.options.text('technique')!, model));
    context.terminal.out(`${relative(context.cwd, full)} written\n`);
    return EXIT.fine;
  },
};

function scaffold(id: string, path: string, technique: string, model: string): string {
  const words = id
    .split('/')
    .at(-1)!
    .replace(/[-_.]+/g, ' ');
  const schema = `${'../'.repeat(path.split('/').length - 1)}node_modules/promptctl/schema/prompt.schema.json`;
  return readFileSync(join(packageFolder('templates'), 'prompt', `${technique}.prompt.yml`), 'utf8')
    .replaceAll('__SCHEMA__', schema.startsWith('.') ? schema : `./${schema}`)
    .replaceAll('__NAME__', () => words[0]!.toUpperCase() + words.slice(1))
    .replaceAll('__MODEL__', () => (/^[\w./@-]+$/.test(model) ? model : JSON.stringify(model)));
}
