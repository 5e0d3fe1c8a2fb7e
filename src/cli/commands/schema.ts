import { bundleSchema } from '../../compile/index.ts';
import { configSchema, promptSchema } from '../../workspace/index.ts';
import { nearest } from '../../runtime/index.ts';
import type { Command } from '../command.ts';
import { EXIT, usage } from '../exit.ts';

/** The schemas by the kind of file that they describe; the package ships the same under promptctl/schema. */
export const schemas: Readonly<Record<string, object>> = {
  prompt: promptSchema,
  config: configSchema,
  bundle: bundleSchema,
};

export const command: Command = {
  arguments: [{ name: '<kind>', description: 'prompt, config or bundle' }],
  examples: [
    {
      command: 'promptctl schema prompt > prompt.schema.json',
      description: 'for an editor that completes prompt files',
    },
  ],
  run: (context) => {
    const [kind = ''] = context.args;
    const schema = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
    if (!schema)
      throw usage(
        `There is no schema \`${kind}\``,
        `write ${nearest(kind, Object.keys(schemas)) ?? Object.keys(schemas).join(', ')}`,
      );
    context.terminal.out(schemaText(kind, schema));
    return EXIT.fine;
  },
};

/** A schema as the package ships it. */
export function schemaText(kind: string, schema: object): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: `promptctl ${kind}`, ...schema }, undefined, 2)}\n`;
}
