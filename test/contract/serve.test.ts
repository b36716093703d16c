import { startServe } from './serve-host.ts';
import { accountsSuite } from './suite/accounts.ts';
import { errorsSuite } from './suite/errors.ts';
import { ownThingsSuite } from './suite/own-things.ts';

errorsSuite(() => startServe());
ownThingsSuite(() => startServe());
accountsSuite(() => startServe());
