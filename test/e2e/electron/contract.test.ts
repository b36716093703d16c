import { accountsSuite } from '../../contract/suite/accounts.ts';
import { errorsSuite } from '../../contract/suite/errors.ts';
import { ownThingsSuite } from '../../contract/suite/own-things.ts';
import { findDesktop } from '../../support/desktop/desktop.ts';
import { findElectron } from '../../support/electron.ts';
import { describeWith, isMissing } from '../../support/requirement.ts';
import { startWindowHost } from './window-host.ts';

const electron = findElectron();

describeWith(isMissing(electron) ? electron : findDesktop({}), 'the contract in a window', () => {
  errorsSuite(startWindowHost);
  ownThingsSuite(startWindowHost);
  accountsSuite(startWindowHost);
});
