import { type Example, pointerTo, type Variable } from '../../model/index.ts';
import { compileSchema, type JsonSchema, nearest, unsupportedKeywords } from '../../runtime/index.ts';
import type { SourceProblem } from '../problem.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

const RULE = 'schema/wrong-type';

/** Holds the inputs of a strict prompt's examples against its variables: one that can't be rendered would fail every call. */
export function checkExamples(
  yaml: YamlFile,
  examples: readonly Example[],
  variables: ReadonlyMap<string, Variable>,
): SourceProblem[] {
  return examples.flatMap((example) => {
    const input = `${example.pointer}/input`;
    const name = input.slice(1).replaceAll('/', '.');
    const problem = (pointer: string, part: 'key' | 'value', message: string): SourceProblem => {
      const { start, end } = yaml.rangeOf(pointer, part);
      return { rule: RULE, message, start: start.offset, end: end.offset, pointer };
    };
    const missing = [...variables.values()]
      .filter((variable) => variable.required && !Object.hasOwn(example.input, variable.name))
      .map((variable) => problem(input, 'key', `\`${name}\`: \`${variable.name}\` is missing: the prompt requires it`));
    const wrong = Object.entries(example.input).flatMap(([key, value]) => {
      const variable = variables.get(key);
      const pointer = pointerTo(input, key);
      if (!variable) {
        const near = nearest(key, variables.keys());
        const hint = near ? `; did you mean \`${near}\`?` : '';
        return [problem(pointer, 'key', `\`${name}\`: \`${key}\` is no variable of this prompt${hint}`)];
      }
      // Checked here, and where it fails told at the declaration.
      const schema = variable.schema as JsonSchema;
      if (unsupportedKeywords(schema, 'variable').length > 0) return [];
      return compileSchema(schema)(value).map(({ path, message }) =>
        problem(pointer + path, 'value', `\`${name}.${key}${path.replaceAll('/', '.')}\`: ${message}`),
      );
    });
    return [...missing, ...wrong];
  });
}
