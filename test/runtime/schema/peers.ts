import { Ajv, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export type Draft = 'draft7' | 'draft2020-12';

/** Ajv as the runtime means schemas: formats asserted, only own properties present. */
export function newAjv(draft: Draft): Ajv | Ajv2020 {
  const options: Options = { strict: false, ownProperties: true, validateFormats: true };
  const ajv = draft === 'draft7' ? new Ajv(options) : new Ajv2020(options);
  formats.default(ajv);
  return ajv;
}
