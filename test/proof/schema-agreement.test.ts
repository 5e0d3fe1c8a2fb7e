import { it } from 'vitest';
import { expectAgreementWithAjv } from '../runtime/schema/agreement.ts';

it('validates 20 000 random values as ajv does', { timeout: 600_000 }, () => {
  expectAgreementWithAjv(1, 20_000);
});
