import { resolve } from 'node:path';
import { type JsonValue, lineStarts, positionAt, type Prompt } from '../../model/index.ts';
import { rendererOf, type Renderer } from '../../render/index.ts';
import { piecesText, type RenderFormat, renderFormats } from '../../report/render-text.ts';
import type { Segment } from '../../runtime/index.ts';
import { loadBundleFile } from '../../runtime/node.ts';
import type { LoadedPrompt, Workspace } from '../../workspace/index.ts';
import type { Command, Context } from '../command.ts';
import { EXIT, usage } from '../exit.ts';
import { stopOnErrors } from '../stop-on-errors.ts';
import { readValues } from '../values-file.ts';
import { openWorkspace } from '../workspace.ts';

const FORMATS = Object.keys(renderFormats) as RenderFormat[];

export const command: Command = {
  arguments: [{ name: '<id>', description: 'the id or the file of one prompt' }],
  options: [
    { flags: '--vars <file>', description: 'values as JSON or YAML; - reads standard input' },
    {
      flags: '--var <name=value>',
      description: 'one value; JSON where it is JSON and the variable is no string',
      repeatable: true,
    },
    { flags: '--row <n>', description: "the values of the prompt's nth test row" },
    { flags: '--for <api>', description: 'the shape', choices: FORMATS, default: 'messages' },
    { flags: '--variant <name>', description: 'a variant of the prompt' },
    { flags: '--from <bundle>', description: 'render from a compiled bundle' },
    {
      flags: '--nonce <hex>',
      description: '16 hex digits for the fences; by default they follow from prompt and values',
    },
    { flags: '--segments', description: 'show where each part comes from, and its trust' },
  ],
  examples: [
    { command: 'promptctl render support/triage --row 1', description: 'with the values of the first test row' },
    {
      command: "promptctl render support/triage --var ticket='It crashes' --for openai",
      description: 'the request body for OpenAI',
    },
    {
      command: 'promptctl render support/triage --vars values.json --segments',
      description: 'which part is instruction, which is data',
    },
  ],
  run: async (context) => {
    const { options, terminal } = context;
    const found = await findRenderer(context);
    if ('exit' in found) return found.exit;
    const { renderer, prompt, placeOf } = found;
    const values = await valuesOf(context, renderer, prompt);
    const variant = options.text('variant');
    const nonce = options.text('nonce');
    const how = { ...(variant === undefined ? {} : { variant }), ...(nonce === undefined ? {} : { nonce }) };
    const format = (options.text('for') ?? 'messages') as RenderFormat;
    terminal.out(
      options.flag('segments')
        ? piecesText(renderer.pieces(values, how), { color: terminal.color, placeOf })
        : renderFormats[format](renderer.render(values, how)),
    );
    return EXIT.fine;
  },
};

interface Found {
  readonly renderer: Renderer;
  readonly prompt?: Prompt;
  /** Where a segment was written, as file:line:column; a bundle does not say. */
  placeOf(segment: Segment): string;
}

async function findRenderer(context: Context): Promise<Found | { exit: number }> {
  const [id = ''] = context.args;
  const from = context.options.text('from');
  if (from !== undefined) {
    const bundle = loadBundleFile(resolve(context.cwd, from));
    return { renderer: rendererOf(bundle.prompt(id).json, bundle.json), placeOf: () => '' };
  }
  const opened = openWorkspace(context, [id]);
  if (opened.selected.length > 1) throw usage(`\`${id}\` names ${opened.selected.length} prompts`, 'render takes one');
  const checked = await stopOnErrors(context, opened);
  if ('exit' in checked) return checked;
  const [prompt] = checked.prompts;
  if (!prompt) throw usage(`There is no prompt \`${id}\``);
  return { renderer: rendererOf(prompt), prompt, placeOf: placesOf(opened.selected[0]!, opened.workspace) };
}

/** A segment knows its place in the template's text; the file's quotes, folds and indentation are looked up here. */
function placesOf(loaded: LoadedPrompt, workspace: Workspace): (segment: Segment) => string {
  const pointers = new Map<Segment, string>();
  const note = (segments: readonly Segment[], pointer: string): void => {
    for (const segment of segments) {
      pointers.set(segment, pointer);
      if (segment.kind === 'if') note([...segment.then, ...segment.else], pointer);
      else if (segment.kind === 'each' || segment.kind === 'with') note([...segment.body, ...segment.else], pointer);
    }
  };
  for (const message of loaded.prompt?.messages ?? [])
    if ('role' in message) note(message.segments, `${message.pointer}/content`);
  return (segment) => {
    const { origin } = segment;
    const pointer = pointers.get(segment);
    if (!origin || pointer === undefined) return '';
    const { line, column } =
      origin.file === loaded.file
        ? loaded.yaml.rangeInScalar(pointer, origin.start, origin.end).start
        : positionAt(lineStarts(workspace.textOf(origin.file) ?? ''), origin.start);
    return `${origin.file}:${line}:${column}`;
  };
}

async function valuesOf(
  context: Context,
  renderer: Renderer,
  prompt: Prompt | undefined,
): Promise<Record<string, JsonValue>> {
  const row = context.options.text('row');
  const file = context.options.text('vars');
  const values: [string, JsonValue][] = [];
  if (row !== undefined) values.push(...rowValues(row, prompt, renderer));
  if (file !== undefined) values.push(...Object.entries(await readValues(context, file)));
  for (const pair of context.options.list('var')) {
    const cut = pair.indexOf('=');
    if (cut < 1) throw usage(`--var takes name=value, not \`${pair}\``);
    const name = pair.slice(0, cut);
    values.push([name, valueOf(pair.slice(cut + 1), isText(renderer, name))]);
  }
  return Object.fromEntries(values);
}

/** The row's variables: our own keys and the columns that only evaluators read are left out. */
function rowValues(row: string, prompt: Prompt | undefined, renderer: Renderer): [string, JsonValue][] {
  const rows = prompt?.testData ?? [];
  const found = rows[Number(row) - 1];
  if (!found) throw usage(`There is no test row ${row}`, `the prompt has ${rows.length} in its testData`);
  return Object.entries(found.values).filter(([name]) => Object.hasOwn(renderer.json.variables, name));
}

function isText(renderer: Renderer, name: string): boolean {
  const variable = Object.hasOwn(renderer.json.variables, name) ? renderer.json.variables[name] : undefined;
  const schema = variable && (JSON.parse(variable.schema) as { type?: unknown });
  return schema === undefined || schema.type === 'string' || renderer.json.mode === 'github';
}

function valueOf(text: string, isString: boolean): JsonValue {
  if (isString) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Not JSON: the text itself, and the variable's schema judges it.
    return text;
  }
}
