import type { BundleJson } from './bundle.ts';
import { PromptError } from './errors.ts';

const SCHEMA = 'promptctl.bundle/1';

const TRUSTS: readonly unknown[] = ['trusted', 'user', 'retrieved', 'tool', 'model'];
const ROLES: readonly unknown[] = ['system', 'developer', 'user', 'assistant', 'tool'];
const METAS: readonly unknown[] = ['index', 'key', 'first', 'last'];
const LEAST_ARGS: Readonly<Record<string, number>> = Object.assign(Object.create(null) as object, {
  eq: 2,
  ne: 2,
  not: 1,
  and: 1,
  or: 1,
  json: 1,
});

type Json = Record<string, unknown>;

/** A bundle is checked once, where it is loaded, so that a render can trust its shape. */
export function checkShape(bundle: unknown): BundleJson {
  const root = object(bundle, '');
  if (root['schema'] !== SCHEMA) {
    const found = String(root['schema']);
    if (/^promptctl\.bundle\/\d+$/.test(found)) {
      throw new PromptError(
        'bundle-version',
        `The bundle is ${found} and this runtime reads ${SCHEMA}: update promptctl in the application`,
      );
    }
    throw invalid('/schema', `must be "${SCHEMA}"`);
  }
  string(root['version'], '/version');
  string(root['digest'], '/digest');
  for (const [id, value] of Object.entries(object(root['prompts'], '/prompts'))) checkPrompt(id, value);
  return root as unknown as BundleJson;
}

function checkPrompt(id: string, value: unknown): void {
  const path = `/prompts/${id.replaceAll('/', '~1')}`;
  const prompt = object(value, path);
  if (prompt['id'] !== id) throw invalid(`${path}/id`, `must be the prompt's key, "${id}"`);
  list(prompt['aliases'], `${path}/aliases`).forEach((alias, at) => string(alias, `${path}/aliases/${at}`));
  list(prompt['tools'], `${path}/tools`).forEach((value, at) => {
    const tool = object(value, `${path}/tools/${at}`);
    string(tool['name'], `${path}/tools/${at}/name`);
    if (tool['parameters'] !== undefined) jsonText(tool['parameters'], `${path}/tools/${at}/parameters`);
  });
  for (const [name, value] of Object.entries(object(prompt['variables'], `${path}/variables`))) {
    const variable = object(value, `${path}/variables/${name}`);
    jsonText(variable['schema'], `${path}/variables/${name}/schema`);
    if (variable['default'] !== undefined) jsonText(variable['default'], `${path}/variables/${name}/default`);
  }
  if (prompt['responseFormat'] !== undefined) {
    const { schema } = object(prompt['responseFormat'], `${path}/responseFormat`);
    if (schema !== undefined) jsonText(schema, `${path}/responseFormat/schema`);
  }
  checkBody(prompt, path);
  for (const [name, variant] of Object.entries(object(prompt['variants'], `${path}/variants`))) {
    checkBody(
      { messages: [], examples: [], parameters: {}, ...object(variant, `${path}/variants/${name}`) },
      `${path}/variants/${name}`,
    );
  }
}

function checkBody(body: Json, path: string): void {
  if (body['model'] !== undefined) string(body['model'], `${path}/model`);
  object(body['parameters'], `${path}/parameters`);
  list(body['examples'], `${path}/examples`).forEach((value, at) => {
    const example = object(value, `${path}/examples/${at}`);
    object(jsonText(example['input'], `${path}/examples/${at}/input`), `${path}/examples/${at}/input`);
    string(example['output'], `${path}/examples/${at}/output`);
  });
  list(body['messages'], `${path}/messages`).forEach((value, at) => {
    const message = object(value, `${path}/messages/${at}`);
    if ('history' in message) string(message['history'], `${path}/messages/${at}/history`);
    else {
      if (!ROLES.includes(message['role'])) throw invalid(`${path}/messages/${at}/role`, 'is no role');
      checkSegments(message['segments'], `${path}/messages/${at}/segments`, 1);
    }
  });
}

function checkSegments(value: unknown, path: string, scopes: number): void {
  list(value, path).forEach((member, at) => {
    const here = `${path}/${at}`;
    const segment = object(member, here);
    switch (segment['kind']) {
      case 'text':
        string(segment['text'], `${here}/text`);
        break;
      case 'value':
        checkExpr(segment['value'], `${here}/value`, scopes);
        break;
      case 'media':
        if (!TRUSTS.includes(segment['trust'])) throw invalid(`${here}/trust`, 'is none');
        checkExpr(segment['url'], `${here}/url`, scopes);
        if (segment['contentType'] !== undefined) checkExpr(segment['contentType'], `${here}/contentType`, scopes);
        break;
      case 'if':
        checkExpr(segment['test'], `${here}/test`, scopes);
        checkSegments(segment['then'], `${here}/then`, scopes);
        checkSegments(segment['else'], `${here}/else`, scopes);
        break;
      case 'each':
      case 'with':
        checkExpr(segment[segment['kind'] === 'each' ? 'over' : 'value'], here, scopes);
        checkSegments(segment['body'], `${here}/body`, scopes + 1);
        checkSegments(segment['else'], `${here}/else`, scopes);
        break;
      default:
        throw invalid(`${here}/kind`, `is unknown: ${String(segment['kind'])}`);
    }
  });
}

function checkExpr(value: unknown, path: string, scopes: number): void {
  const expr = object(value, path);
  // In the order in which an expression is evaluated: one with two natures is judged by the one that counts.
  if ('ref' in expr) {
    list(expr['ref'], `${path}/ref`).forEach((name, at) => string(name, `${path}/ref/${at}`));
    checkScope(expr, path, scopes);
  } else if ('literal' in expr) return;
  else if ('meta' in expr) {
    if (!METAS.includes(expr['meta'])) throw invalid(`${path}/meta`, 'is unknown');
    checkScope(expr, path, scopes);
  } else {
    const args = list(expr['args'], `${path}/args`);
    const least = LEAST_ARGS[String(expr['op'])];
    if (least === undefined || args.length < least) throw invalid(path, 'is no expression');
    args.forEach((arg, at) => checkExpr(arg, `${path}/args/${at}`, scopes));
  }
}

function checkScope({ scope }: Json, path: string, scopes: number): void {
  if (!Number.isInteger(scope) || !((scope as number) >= 0 && (scope as number) < scopes))
    throw invalid(`${path}/scope`, 'names no context');
}

function object(value: unknown, path: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'must be an object');
  return value as Json;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path, 'must be a list');
  return value;
}

function string(value: unknown, path: string): void {
  if (typeof value !== 'string') throw invalid(path, 'must be a string');
}

function jsonText(value: unknown, path: string): unknown {
  string(value, path);
  try {
    return JSON.parse(value as string);
  } catch {
    throw invalid(path, 'must be JSON text');
  }
}

function invalid(path: string, what: string): PromptError {
  return new PromptError('bundle-invalid', `The bundle is not valid: ${path || 'it'} ${what}`, [
    { path, message: what },
  ]);
}
