import { type Example, pointerTo, type Variable } from '../../model/index.ts';
import { compileSchema, type JsonSchema, nearest, unsupportedKeywords } from '../../runtime/index.ts';
import type { SourceProblem } from '../problem.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

type Variables = ReadonlyMap<string, Variable>;

interface Wrong {
  readonly pointer: string;
  readonly part: 'key' | 'value';
  readonly message: string;
}

/** Holds the inputs of a strict prompt's examples against its variables: one that can't be rendered would fail every call. */
export function checkExamples(yaml: YamlFile, examples: readonly Example[], variables: Variables): SourceProblem[] {
  return examples
    .flatMap((example) => [...missingIn(example, variables), ...wrongIn(example, variables)])
    .map(({ pointer, part, message }) => {
      const { start, end } = yaml.rangeOf(pointer, part);
      return { rule: 'schema/wrong-type', message, start: start.offset, end: end.offset, pointer };
    });
}

function missingIn({ input, pointer }: Example, variables: Variables): Wrong[] {
  return [...variables.values()]
    .filter(({ name, required }) => required && !Object.hasOwn(input, name))
    .map(({ name }) => ({
      pointer: `${pointer}/input`,
      part: 'key',
      message: `\`${dotted(pointer)}.input\`: \`${name}\` is missing: the prompt requires it`,
    }));
}

function wrongIn({ input, pointer }: Example, variables: Variables): Wrong[] {
  return Object.entries(input).flatMap(([name, value]): Wrong[] => {
    const at = pointerTo(`${pointer}/input`, name);
    const variable = variables.get(name);
    if (!variable) {
      const near = nearest(name, variables.keys());
      const hint = near ? `; did you mean \`${near}\`?` : '';
      const message = `\`${dotted(pointer)}.input\`: \`${name}\` is no variable of this prompt${hint}`;
      return [{ pointer: at, part: 'key', message }];
    }
    // Checked here, and where it fails told at the declaration.
    const schema = variable.schema as JsonSchema;
    if (unsupportedKeywords(schema, 'variable').length > 0) return [];
    return compileSchema(schema)(value).map(({ path, message }) => ({
      pointer: at + path,
      part: 'value',
      message: `\`${dotted(at + path)}\`: ${message}`,
    }));
  });
}

function dotted(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.');
}
