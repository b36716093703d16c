import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

function simulator(...args: string[]) {
  const child = spawn(process.execPath, ['src/simulator/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, text }));
  return { child, ended, text: () => text };
}

describe('npm run simulator', () => {
  it('explains itself', async () => {
    const { code, text } = await simulator('--help').ended;
    expect(code).toBe(0);
    for (const option of ['--slack-port', '--xmpp-port', '--users', '--seed']) expect(text).toContain(option);
  });

  it('refuses a number that is none, with the option’s name', async () => {
    const { code, text } = await simulator('--users', 'many').ended;
    expect(code).toBe(1);
    expect(text).toContain('users');
  });

  it('prints addresses and tokens that work, and ends cleanly on Ctrl+C', async () => {
    const port = 20_000 + (process.pid % 10_000) * 3;
    const { child, ended, text } = simulator(
      '--slack-port',
      String(port),
      '--xmpp-port',
      String(port + 2),
      '--users',
      '12',
      '--all',
    );
    await expect.poll(text, { timeout: 10_000 }).toContain('Running until Ctrl+C.');
    const [, apiUrl, token] = /apiUrl\s+(\S+)\s+token\s+(\S+)/.exec(text()) ?? [];
    const answer = await fetch(`${apiUrl}auth.test`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ ok: true, team: 'Harbour Works' });
    expect(text()).toMatch(/XMPP {3}localhost: 11 contacts\n\s+service\s+xmpp:\/\/127.0.0.1:\d+/);
    for (const platform of ['discord', 'teams', 'zoom', 'google-chat', 'whatsapp', 'linkedin'])
      expect(text()).toMatch(new RegExp(`${platform}: \\d+ people\\n`));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, text: expect.stringContaining('Stopped.') });
  });
});
