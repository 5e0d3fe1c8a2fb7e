import { isObject, member, type Prompt } from '../../../model/index.ts';
import { findModel, type ModelInfo, type ModelOverrides, parseModelId } from '../../../tokens/models/index.ts';
import { decode, type Workspace, YamlFile } from '../../../workspace/index.ts';
import type { PromptContext } from '../../rule.ts';

/** A model that a prompt names: its own, a variant's, or a judge's. */
export interface NamedModel {
  readonly id: string;
  readonly pointer: string;
}

export function modelsOf(prompt: Prompt): NamedModel[] {
  const named: NamedModel[] = [];
  const add = (id: unknown, pointer: string): void => {
    if (typeof id !== 'string' || id.trim() === '') return;
    // A placeholder stands for a name that only the caller knows; GitHub's editor once saved models by their place in a registry.
    if (!id.includes('{') && !id.includes('://')) named.push({ id: id.trim(), pointer });
  };
  add(prompt.model, '/model');
  for (const [name, variant] of prompt.variants)
    add(variant.model, `/variants/${name.replaceAll('~', '~0').replaceAll('/', '~1')}/model`);
  for (const { spec, pointer } of prompt.evaluators)
    add(member(member(spec, 'llm'), 'modelId'), `${pointer}/llm/modelId`);
  return named;
}

/** What a workspace knows of models: the tables, its own models file, and the providers it declares. */
export interface KnownModels {
  find(id: string): ModelInfo | undefined;
  /** Whether somebody serves models under the name before the slash. */
  hasPublisher(id: string): boolean;
  /** Providers of promptctl.yaml: what they serve is theirs to know. */
  readonly providers: ReadonlySet<string>;
}

const known = new WeakMap<Workspace, KnownModels>();

export function knownModels({ workspace }: Pick<PromptContext, 'workspace'>): KnownModels {
  let models = known.get(workspace);
  if (!models) known.set(workspace, (models = readKnownModels(workspace)));
  return models;
}

function readKnownModels(workspace: Workspace): KnownModels {
  const overrides = readOverrides(workspace);
  const found = new Map<string, ModelInfo | undefined>();
  return {
    hasPublisher: (id) => parseModelId(id).publisher !== undefined || Object.hasOwn(overrides?.models ?? {}, id),
    providers: new Set(Object.keys(workspace.config.providers)),
    find: (id) => {
      // The same few models stand in thousands of files.
      if (!found.has(id)) found.set(id, findModel(id, overrides));
      return found.get(id);
    },
  };
}

/** The file that `models:` names. What is wrong with it is for the verbs that count and price to say. */
function readOverrides(workspace: Workspace): ModelOverrides | undefined {
  const path = workspace.config.models?.replace(/^\.\//, '');
  const content = path === undefined ? undefined : workspace.source.read([path]).get(path);
  if (path === undefined || !content || !('bytes' in content)) return undefined;
  const decoded = decode(content.bytes);
  const value = 'message' in decoded ? null : new YamlFile(path, decoded.text).value;
  return isObject(member(value, 'models')) ? (value as unknown as ModelOverrides) : undefined;
}
