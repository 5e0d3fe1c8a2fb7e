import { it } from 'vitest';
import { checkDigestLaw, checkMonotone } from './law.ts';

it('sees a change exactly where the digest differs', () => checkDigestLaw(400, 1));
it('never lowers the level for more changes', () => checkMonotone(150, 2));
