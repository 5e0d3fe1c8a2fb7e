import { it } from 'vitest';
import { checkDigestLaw, checkMonotone } from '../diff/law.ts';

it('sees a change exactly where the digest differs', () => checkDigestLaw(20_000, 11));
it('never lowers the level for more changes', () => checkMonotone(5_000, 12));
