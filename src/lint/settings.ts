import { isObject, type JsonObject, type JsonValue, member, PromptctlError, type Severity } from '../model/index.ts';
import { compileSchema, type JsonSchema, nearest } from '../runtime/index.ts';
import { type Config, globMatcher } from '../workspace/index.ts';
import { PRESETS, type Rule } from './rule.ts';

/** How one rule is set for a file: off, or on with options and perhaps a severity of the user's own. */
export interface RuleSetting {
  readonly rule: Rule;
  readonly severity: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

const SEVERITIES: readonly string[] = ['error', 'warning', 'info', 'off'];

/**
 * The rules that are on for a file: the preset's, as `rules` and the file's `overrides` change them.
 *
 * @throws PromptctlError `config` where a rule is unknown, or its options don't fit.
 */
export function settingsFor(config: Config, rules: readonly Rule[]): (file: string) => readonly RuleSetting[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const where = config.file ?? 'promptctl.yaml';
  checkRules(config.rules, byId, `${where}: rules`);
  const overrides = config.overrides.map((override) => {
    checkRules(override.rules, byId, `${where}: overrides`);
    return { matches: globMatcher(override.files), rules: override.rules };
  });
  const base = apply(rules, config, [config.rules]);
  const relevant = overrides.filter((override) => Object.keys(override.rules).length > 0);
  if (relevant.length === 0) return () => base;
  return (file) => {
    const mine = relevant.filter((override) => override.matches(file)).map((override) => override.rules);
    return mine.length > 0 ? apply(rules, config, [config.rules, ...mine]) : base;
  };
}

function apply(rules: readonly Rule[], config: Config, layers: readonly JsonObject[]): RuleSetting[] {
  const reach = PRESETS.indexOf(config.preset);
  return rules.flatMap((rule): RuleSetting[] => {
    let on = PRESETS.indexOf(rule.preset) <= reach;
    let severity: Severity | undefined;
    let options = rule.options?.defaults ?? {};
    for (const layer of layers) {
      const setting = member(layer, rule.id);
      if (setting === undefined) continue;
      const word = typeof setting === 'string' ? setting : member(setting, 'severity');
      on = word !== 'off';
      if (on && typeof word === 'string') severity = word as Severity;
      if (isObject(setting)) options = { ...options, ...withoutSeverity(setting) };
    }
    return on ? [{ rule, severity, options }] : [];
  });
}

function checkRules(settings: JsonObject, byId: ReadonlyMap<string, Rule>, where: string): void {
  for (const [id, setting] of Object.entries(settings)) {
    const rule = byId.get(id);
    if (!rule) {
      const near = nearest(id, byId.keys());
      throw new PromptctlError(
        'config',
        `${where}: there is no rule \`${id}\`${near ? `; did you mean \`${near}\`?` : ''}`,
        { hint: '`promptctl rules` lists them' },
      );
    }
    checkSetting(rule, setting, where);
  }
}

function checkSetting(rule: Rule, setting: JsonValue, where: string): void {
  const word = isObject(setting) ? (member(setting, 'severity') ?? 'error') : setting;
  if (typeof word !== 'string' || !SEVERITIES.includes(word)) {
    throw new PromptctlError('config', `${where}: \`${rule.id}\` can't be ${JSON.stringify(word)}`, {
      hint: `write ${SEVERITIES.join(', ')}, or { severity, ...options }`,
    });
  }
  if (!isObject(setting)) return;
  const schema: JsonSchema = {
    ...(rule.options?.schema ?? { type: 'object', properties: {} }),
    additionalProperties: false,
  };
  const [problem] = compileSchema(schema)(withoutSeverity(setting));
  if (problem)
    throw new PromptctlError('config', `${where}: \`${rule.id}\`${problem.path}: ${problem.message}`, {
      hint: `\`promptctl explain ${rule.id}\` shows its options`,
    });
}

function withoutSeverity(setting: JsonObject): JsonObject {
  const { severity: _, ...options } = setting;
  return options;
}
