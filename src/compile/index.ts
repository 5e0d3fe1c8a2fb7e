export {
  bundleDigest,
  bundleText,
  type CompileOptions,
  compileBundle,
  compilePrompt,
  type CountStatic,
} from './bundle.ts';
export { bundleSchema } from './bundle-schema.ts';
export { contractOf } from './contract.ts';
export { type Exposure, exposuresOf } from './exposure.ts';
export { turnName, turnsOf, type Turns } from './turns.ts';
export { typesText } from './types-ts.ts';
