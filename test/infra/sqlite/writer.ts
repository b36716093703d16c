import { epochMs } from '../../../src/domain/time.ts';
import { openDatabase } from '../../../src/infra/sqlite/open-database.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { DRIVERS } from './drivers.ts';

/** Writes pairs of accounts until it is killed, and says the number of each pair that was saved. */
const [file = '', name = ''] = process.argv.slice(2);
const driver = DRIVERS.find((candidate) => candidate.name === name)?.driver;
if (!driver) throw new Error(`no driver ${name}`);
const db = openDatabase({ file, driver, logger: quietLogger(), now: epochMs(0) });
for (let pair = 1; ; pair += 1) {
  db.transaction(() => {
    for (const half of ['a', 'b']) {
      const id = `${half}${pair}`;
      db.accounts.save({
        id,
        platform: 'xmpp',
        label: id,
        settings: {},
        enabled: true,
        createdAt: epochMs(1),
        self: null,
      });
    }
  });
  process.stdout.write(`${pair}\n`);
}
