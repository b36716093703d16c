import { lockHome } from '../../../src/infra/home/home-lock.ts';
import { DRIVERS } from '../sqlite/drivers.ts';

/** Holds the lock of a home until it is killed. */
const [home = '', name = ''] = process.argv.slice(2);
lockHome(home, DRIVERS.find((candidate) => candidate.name === name)?.driver);
process.stdout.write('held\n');
setInterval(() => undefined, 1_000);
