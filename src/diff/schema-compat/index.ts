export { compareSchemas, type Comparison, type Role, type SchemaPair } from './compare.ts';
export { type Reason } from './refusal.ts';
export { type Resolve } from './side.ts';
