/** What a process does that ends while a keychain still holds its helper; the helper is made to hang by stopping it. */
import { execFileSync } from 'node:child_process';
import { forkKeytarHelper } from '../../../src/infra/keychain/keytar-process.ts';

forkKeytarHelper();
const helper = Number(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'keytar-child'], { encoding: 'utf8' }));
process.kill(helper, 'SIGSTOP');
process.stdout.write(`helper ${helper}\n`);
process.exit(0);
