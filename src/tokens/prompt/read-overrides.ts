import { posix } from 'node:path';
import { PromptctlError } from '../../model/index.ts';
import { compileSchema } from '../../runtime/index.ts';
import { decode, type Workspace, YamlFile } from '../../workspace/index.ts';
import { type ModelOverrides, modelsFileSchema } from '../models/index.ts';

/** The price and window overrides that `models:` of the configuration names. @throws PromptctlError `config`. */
export function readOverrides(workspace: Pick<Workspace, 'config' | 'source'>): ModelOverrides | undefined {
  const { models } = workspace.config;
  if (models === undefined) return undefined;
  const path = posix.normalize(models);
  const content = workspace.source.read([path]).get(path);
  if (!content || !('bytes' in content))
    throw new PromptctlError('config', `models: ${models} ${content ? content.message : 'is not there'}`);
  const decoded = decode(content.bytes);
  if ('message' in decoded) throw new PromptctlError('config', `${models} ${decoded.message}`);
  const yaml = new YamlFile(path, decoded.text);
  const [problem] = yaml.problems;
  if (problem)
    throw new PromptctlError(
      'config',
      `${models}:${yaml.range(problem.start, problem.end).start.line} ${problem.message}`,
    );
  const [wrong] = compileSchema(modelsFileSchema)(yaml.value);
  if (wrong)
    throw new PromptctlError(
      'config',
      `${models}:${yaml.rangeOf(wrong.path).start.line} ${wrong.path} ${wrong.message}`,
    );
  return yaml.value as unknown as ModelOverrides;
}
