import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startProcess } from '../../support/started-process.ts';

const exists = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('leaves no helper behind that a keychain holds when its process ends', async () => {
  const user = startProcess(process.execPath, [join(import.meta.dirname, 'keytar-use.ts')], { PATH: process.env.PATH });
  const exited = once(user.child, 'exit');
  const helper = Number((await user.until(/^helper (\d+)$/m))[1]);
  await exited;
  try {
    await vi.waitFor(() => expect(exists(helper)).toBe(false), 2_000);
  } finally {
    if (exists(helper)) process.kill(helper, 'SIGKILL');
  }
});
