import { expect, it } from 'vitest';
import { describeWith } from '../requirement.ts';
import { startProcess } from '../started-process.ts';
import { type DesktopParts, findDesktop, startDesktop } from './desktop.ts';

/** A program that keeps a secret as Muster does and prints what came of it. */
const program = `
import keytar from 'keytar';
try {
  await keytar.setPassword('service', 'account', 'kept');
  console.log('read:' + await keytar.getPassword('service', 'account'));
} catch (error) {
  console.log('refused:' + error.message);
}
`;

async function outcome(parts: DesktopParts): Promise<string> {
  const desktop = await startDesktop({ ...parts, display: false });
  try {
    const child = startProcess(process.execPath, ['--input-type=module', '--eval', program], desktop.env);
    const [line] = await child.until(/^(read|refused):.*$/m);
    await child.stop();
    return line;
  } finally {
    await desktop.stop();
  }
}

describeWith(findDesktop({ display: false, keyring: 'unlocked' }), 'keyring for tests', () => {
  it('keeps a secret when it is unlocked', async () => {
    expect(await outcome({ keyring: 'unlocked' })).toBe('read:kept');
  });

  it('refuses when it is locked, and there is none on a bus without one', async () => {
    expect(await outcome({ keyring: 'locked' })).toMatch(/^refused:.*locked/);
    expect(await outcome({ keyring: 'none' })).toMatch(/^refused:.*org\.freedesktop\.secrets/);
  });
});
