import type { AccountHealthView } from '../../src/contract/index.ts';
import { call } from './api.ts';

/** How well an account works, in numbers and words. Fails with an ApiError. */
export const loadAccountHealth = (id: string): Promise<AccountHealthView> =>
  call('getAccountHealth', { params: { id } });
