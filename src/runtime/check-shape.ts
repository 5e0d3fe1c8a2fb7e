import type { BundleJson } from './bundle.ts';
import { PromptError } from './errors.ts';

const SCHEMA = 'promptctl.bundle/1';

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
  list(prompt['aliases'], `${path}/aliases`);
  list(prompt['tools'], `${path}/tools`);
  for (const [name, variable] of Object.entries(object(prompt['variables'], `${path}/variables`))) {
    string(object(variable, `${path}/variables/${name}`)['schema'], `${path}/variables/${name}/schema`);
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
  object(body['parameters'], `${path}/parameters`);
  list(body['examples'], `${path}/examples`);
  list(body['messages'], `${path}/messages`).forEach((value, at) => {
    const message = object(value, `${path}/messages/${at}`);
    if ('history' in message) string(message['history'], `${path}/messages/${at}/history`);
    else checkSegments(message['segments'], `${path}/messages/${at}/segments`, 1);
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
  if ('op' in expr) {
    list(expr['args'], `${path}/args`).forEach((arg, at) => checkExpr(arg, `${path}/args/${at}`, scopes));
  } else if ('ref' in expr || 'meta' in expr) {
    if ('ref' in expr) list(expr['ref'], `${path}/ref`);
    const scope = expr['scope'];
    if (typeof scope !== 'number' || !(scope >= 0 && scope < scopes))
      throw invalid(`${path}/scope`, 'names no context');
  } else if (!('literal' in expr)) {
    throw invalid(path, 'is no expression');
  }
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

function invalid(path: string, what: string): PromptError {
  return new PromptError('bundle-invalid', `The bundle is not valid: ${path || 'it'} ${what}`, [
    { path, message: what },
  ]);
}
