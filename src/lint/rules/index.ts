import type { Rule } from '../rule.ts';
import { prefixTooShort } from './cache/prefix-too-short.ts';
import { variableBeforeStatic } from './cache/variable-before-static.ts';
import { noConsolidation } from './conversation/no-consolidation.ts';
import { unboundedHistory } from './conversation/unbounded-history.ts';
import { consecutiveRoles } from './messages/consecutive-roles.ts';
import { mediaOutsideUser } from './messages/media-outside-user.ts';
import { emptyContent } from './messages/empty-content.ts';
import { noMessages } from './messages/no-messages.ts';
import { roleUnknown } from './messages/role-unknown.ts';
import { systemNotFirst } from './messages/system-not-first.ts';
import { jsonAskedInProse } from './output/json-asked-in-prose.ts';
import { schemaInvalid } from './output/schema-invalid.ts';
import { schemaMissing } from './output/schema-missing.ts';
import { schemaNotStrict } from './output/schema-not-strict.ts';
import { schemaUnsupportedByProvider } from './output/schema-unsupported-by-provider.ts';
import { idDuplicate } from './schema/id-duplicate.ts';
import { idInvalid } from './schema/id-invalid.ts';
import { modelFloatingAlias } from './schema/model-floating-alias.ts';
import { modelMissing } from './schema/model-missing.ts';
import { modelRetired } from './schema/model-retired.ts';
import { modelUnknown } from './schema/model-unknown.ts';
import { modelWithoutPublisher } from './schema/model-without-publisher.ts';
import { parameterSpelling } from './schema/parameter-spelling.ts';
import { unknownKey } from './schema/unknown-key.ts';
import { variableInvalid } from './schema/variable-invalid.ts';
import { versionNotSemver } from './schema/version-not-semver.ts';
import { wrongType } from './schema/wrong-type.ts';
import { authorisationInProse } from './security/authorisation-in-prose.ts';
import { bidiControl } from './security/bidi-control.ts';
import { chatSpecialToken } from './security/chat-special-token.ts';
import { encodedBlob } from './security/encoded-blob.ts';
import { hiddenUnicode } from './security/hidden-unicode.ts';
import { internalAddress } from './security/internal-address.ts';
import { mixedScript } from './security/mixed-script.ts';
import { obeyData } from './security/obey-data.ts';
import { personalData } from './security/personal-data.ts';
import { privateDataUntrustedEgress } from './security/private-data-untrusted-egress.ts';
import { redteamMissing } from './security/redteam-missing.ts';
import { revealInstructions } from './security/reveal-instructions.ts';
import { secretInPrompt } from './security/secret-in-prompt.ts';
import { staticFence } from './security/static-fence.ts';
import { toolEffectUnapproved } from './security/tool-effect-unapproved.ts';
import { toolUnboundedArgument } from './security/tool-unbounded-argument.ts';
import { toolWithoutSchema } from './security/tool-without-schema.ts';
import { untrustedInAssistant } from './security/untrusted-in-assistant.ts';
import { untrustedInSystem } from './security/untrusted-in-system.ts';
import { untrustedUnfenced } from './security/untrusted-unfenced.ts';
import { descriptionMissing } from './style/description-missing.ts';
import { ownerMissing } from './style/owner-missing.ts';
import { preferLiteralBlock } from './style/prefer-literal-block.ts';
import { trailingSpace } from './style/trailing-space.ts';
import { unused } from './suppression/unused.ts';
import { commentCutText } from './syntax/comment-cut-text.ts';
import { duplicateKey } from './syntax/duplicate-key.ts';
import { foldedTemplate } from './syntax/folded-template.ts';
import { lossyNumber } from './syntax/lossy-number.ts';
import { notAPrompt } from './syntax/not-a-prompt.ts';
import { taggedScalar } from './syntax/tagged-scalar.ts';
import { unquotedPlaceholder } from './syntax/unquoted-placeholder.ts';
import { unreadable } from './syntax/unreadable.ts';
import { yamlError } from './syntax/yaml-error.ts';
import { chainOfThoughtOnReasoningModel } from './technique/chain-of-thought-on-reasoning-model.ts';
import { chainOfThoughtWithStrictSchema } from './technique/chain-of-thought-with-strict-schema.ts';
import { examplesUnbalanced } from './technique/examples-unbalanced.ts';
import { fewShotWithoutExamples } from './technique/few-shot-without-examples.ts';
import { techniqueUnproven } from './technique/technique-unproven.ts';
import { conditionOnUntrusted } from './template/condition-on-untrusted.ts';
import { foreignPlaceholder } from './template/foreign-placeholder.ts';
import { optionalUnguarded } from './template/optional-unguarded.ts';
import { parseError } from './template/parse-error.ts';
import { partialCycle } from './template/partial-cycle.ts';
import { partialMissing } from './template/partial-missing.ts';
import { partialOutsideRoot } from './template/partial-outside-root.ts';
import { typeMismatch } from './template/type-mismatch.ts';
import { undeclaredVariable } from './template/undeclared-variable.ts';
import { unknownHelper } from './template/unknown-helper.ts';
import { unusedVariable } from './template/unused-variable.ts';
import { evaluatorIgnoredCriterion } from './tests/evaluator-ignored-criterion.ts';
import { evaluatorUnknown } from './tests/evaluator-unknown.ts';
import { expectedUnread } from './tests/expected-unread.ts';
import { noEvaluators } from './tests/no-evaluators.ts';
import { noTests } from './tests/no-tests.ts';
import { onlyLexicalMetrics } from './tests/only-lexical-metrics.ts';
import { rowMissingVariable } from './tests/row-missing-variable.ts';
import { rowUnknownVariable } from './tests/row-unknown-variable.ts';
import { rowsUnreadable } from './tests/rows-unreadable.ts';
import { noBudget } from './tokens/no-budget.ts';
import { overBudget } from './tokens/over-budget.ts';
import { overWindow } from './tokens/over-window.ts';
import { priceCliff } from './tokens/price-cliff.ts';
import { staticShare } from './tokens/static-share.ts';
import { variableUnbounded } from './tokens/variable-unbounded.ts';

/** Every rule, by category. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [
  yamlError,
  duplicateKey,
  unquotedPlaceholder,
  commentCutText,
  taggedScalar,
  foldedTemplate,
  notAPrompt,
  unreadable,
  lossyNumber,
  unknownKey,
  wrongType,
  parameterSpelling,
  variableInvalid,
  modelMissing,
  modelWithoutPublisher,
  modelUnknown,
  modelRetired,
  modelFloatingAlias,
  versionNotSemver,
  idInvalid,
  idDuplicate,
  emptyContent,
  noMessages,
  roleUnknown,
  systemNotFirst,
  consecutiveRoles,
  mediaOutsideUser,
  parseError,
  undeclaredVariable,
  unusedVariable,
  typeMismatch,
  optionalUnguarded,
  foreignPlaceholder,
  unknownHelper,
  partialMissing,
  partialCycle,
  partialOutsideRoot,
  conditionOnUntrusted,
  rowMissingVariable,
  rowUnknownVariable,
  rowsUnreadable,
  expectedUnread,
  noEvaluators,
  evaluatorUnknown,
  evaluatorIgnoredCriterion,
  onlyLexicalMetrics,
  noTests,
  noConsolidation,
  unboundedHistory,
  descriptionMissing,
  ownerMissing,
  preferLiteralBlock,
  trailingSpace,
  unused,
  authorisationInProse,
  bidiControl,
  chatSpecialToken,
  encodedBlob,
  hiddenUnicode,
  internalAddress,
  mixedScript,
  obeyData,
  personalData,
  privateDataUntrustedEgress,
  redteamMissing,
  revealInstructions,
  secretInPrompt,
  staticFence,
  toolEffectUnapproved,
  toolUnboundedArgument,
  toolWithoutSchema,
  untrustedInAssistant,
  untrustedInSystem,
  untrustedUnfenced,
  noBudget,
  overBudget,
  overWindow,
  priceCliff,
  staticShare,
  variableUnbounded,
  prefixTooShort,
  variableBeforeStatic,
  jsonAskedInProse,
  schemaInvalid,
  schemaMissing,
  schemaNotStrict,
  schemaUnsupportedByProvider,
  chainOfThoughtOnReasoningModel,
  chainOfThoughtWithStrictSchema,
  examplesUnbalanced,
  fewShotWithoutExamples,
  techniqueUnproven,
];
