import type { ChangeKind } from '../kind.ts';
import { approvalLowered } from './approval-lowered.ts';
import { budgetChanged } from './budget-changed.ts';
import { contentFormChanged } from './content-form-changed.ts';
import { examplesChanged } from './examples-changed.ts';
import { fenceRemoved } from './fence-removed.ts';
import { guardLowered } from './guard-lowered.ts';
import { modelChanged } from './model-changed.ts';
import { modelProviderChanged } from './model-provider-changed.ts';
import { outputAnnotationChanged } from './output-annotation-changed.ts';
import { outputEnumValueAdded } from './output-enum-value-added.ts';
import { outputFormatChanged } from './output-format-changed.ts';
import { outputLimitReduced } from './output-limit-reduced.ts';
import { outputNarrowed } from './output-narrowed.ts';
import { outputPropertyAdded } from './output-property-added.ts';
import { outputPropertyRemoved } from './output-property-removed.ts';
import { outputSchemaAdded } from './output-schema-added.ts';
import { outputSchemaRemoved } from './output-schema-removed.ts';
import { outputUndecided } from './output-undecided.ts';
import { outputWidened } from './output-widened.ts';
import { parametersChanged } from './parameters-changed.ts';
import { partialChanged } from './partial-changed.ts';
import { policyChanged } from './policy-changed.ts';
import { promptAdded } from './prompt-added.ts';
import { promptDeprecated } from './prompt-deprecated.ts';
import { promptRemoved } from './prompt-removed.ts';
import { promptRenamed } from './prompt-renamed.ts';
import { promptUnreadableBefore } from './prompt-unreadable-before.ts';
import { roleStructureChanged } from './role-structure-changed.ts';
import { rolloutChanged } from './rollout-changed.ts';
import { settingsChanged } from './settings-changed.ts';
import { textChanged } from './text-changed.ts';
import { toolAdded } from './tool-added.ts';
import { toolArgumentAdded } from './tool-argument-added.ts';
import { toolArgumentRemoved } from './tool-argument-removed.ts';
import { toolArgumentsNarrowed } from './tool-arguments-narrowed.ts';
import { toolArgumentsUndecided } from './tool-arguments-undecided.ts';
import { toolArgumentsWidened } from './tool-arguments-widened.ts';
import { toolDescriptionChanged } from './tool-description-changed.ts';
import { toolEffectRaised } from './tool-effect-raised.ts';
import { toolRemoved } from './tool-removed.ts';
import { toolRenamed } from './tool-renamed.ts';
import { untrustedInPrivilegedRole } from './untrusted-in-privileged-role.ts';
import { variableBecameOptional } from './variable-became-optional.ts';
import { variableBecameRequired } from './variable-became-required.ts';
import { variableDefaultAdded } from './variable-default-added.ts';
import { variableDefaultChanged } from './variable-default-changed.ts';
import { variableDefaultRemoved } from './variable-default-removed.ts';
import { variableNarrowed } from './variable-narrowed.ts';
import { variableOptionalAdded } from './variable-optional-added.ts';
import { variableRemoved } from './variable-removed.ts';
import { variableRequiredAdded } from './variable-required-added.ts';
import { variableTrustLowered } from './variable-trust-lowered.ts';
import { variableTrustRaised } from './variable-trust-raised.ts';
import { variableUndecided } from './variable-undecided.ts';
import { variableWidened } from './variable-widened.ts';

/** Every kind of change, from what comes and goes to what only the digest sees. */
export const changeKinds: readonly ChangeKind[] = [
  promptRemoved,
  promptRenamed,
  promptAdded,
  promptDeprecated,
  promptUnreadableBefore,
  variableRemoved,
  variableRequiredAdded,
  variableBecameRequired,
  variableDefaultRemoved,
  variableNarrowed,
  variableUndecided,
  variableOptionalAdded,
  variableBecameOptional,
  variableDefaultAdded,
  variableWidened,
  variableDefaultChanged,
  variableTrustLowered,
  variableTrustRaised,
  untrustedInPrivilegedRole,
  fenceRemoved,
  guardLowered,
  outputFormatChanged,
  outputSchemaAdded,
  outputSchemaRemoved,
  outputWidened,
  outputPropertyRemoved,
  outputEnumValueAdded,
  outputUndecided,
  outputPropertyAdded,
  outputNarrowed,
  outputAnnotationChanged,
  toolRemoved,
  toolRenamed,
  toolAdded,
  toolArgumentsWidened,
  toolArgumentsUndecided,
  toolArgumentsNarrowed,
  toolArgumentAdded,
  toolArgumentRemoved,
  toolDescriptionChanged,
  toolEffectRaised,
  approvalLowered,
  roleStructureChanged,
  contentFormChanged,
  modelProviderChanged,
  modelChanged,
  parametersChanged,
  outputLimitReduced,
  textChanged,
  partialChanged,
  examplesChanged,
  budgetChanged,
  policyChanged,
  rolloutChanged,
  settingsChanged,
];
