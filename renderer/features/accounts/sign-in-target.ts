import type { PlatformView } from '../../../src/contract/index.ts';
import type { SignInWay } from './sign-in-draft.ts';

/** Where a sign-in leads: to a new account, or to an account that signs in again. `way`: the one to begin with. */
export type SignInTarget = {
  readonly platform: PlatformView;
  readonly accountId: string | null;
  readonly way?: SignInWay;
};
