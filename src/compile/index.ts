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
export { typesText } from './types-ts.ts';
