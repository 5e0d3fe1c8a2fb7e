import type { Rule } from '../rule.ts';
import { unknownKey } from './schema/unknown-key.ts';
import { yamlError } from './syntax/yaml-error.ts';

/** Every rule, by category. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [yamlError, unknownKey];
