import { describe, expect, it, vi } from 'vitest';
import { en } from '../../../main/strings/en.ts';
import { ownStatusCommands, startOfTomorrow } from '../../../main/tray/own-status-commands.ts';
import type { PublicationView } from '../../../src/contract/index.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { quietMe } from './me.ts';

function parts(results: PublicationView[] = []) {
  const view = { ...quietMe, results };
  const answer = async () => ({ intent: null, results });
  const ownStatus = {
    view: () => view,
    set: vi.fn(answer),
    clear: vi.fn(answer),
    setDoNotDisturb: vi.fn(async () => view),
    clearDoNotDisturb: vi.fn(async () => view),
  };
  const notify = vi.fn(async () => true);
  const logger = quietLogger();
  // Only these of the core's many parts are used.
  const muster = { ownStatus, accounts: { list: () => [{ id: 'a_1', label: 'Work' }] } };
  const all = {
    muster,
    clock: new FakeClock({ timeZone: 'Europe/Berlin' }),
    logger,
    notifier: { notify },
    words: () => en,
  };
  return { ...all, ownStatus, notify, commands: ownStatusCommands(all) };
}
const settled = () => new Promise((done) => setImmediate(done));

describe('the commands of the tray menu', () => {
  it('ask the core for what was pressed', async () => {
    const { commands, ownStatus, notify } = parts();
    commands.setStatus({ status: 'busy' });
    commands.clearStatus();
    commands.doNotDisturb('half-hour');
    commands.doNotDisturb('hour');
    commands.doNotDisturb('tomorrow');
    commands.doNotDisturb('off');
    await settled();
    expect(ownStatus.set).toHaveBeenCalledWith({ status: 'busy' });
    expect(ownStatus.clear).toHaveBeenCalledOnce();
    expect(ownStatus.setDoNotDisturb.mock.calls).toEqual([
      [{ forSeconds: 1_800 }],
      [{ forSeconds: 3_600 }],
      [{ until: '2026-03-02T23:00:00Z' }],
    ]);
    expect(ownStatus.clearDoNotDisturb).toHaveBeenCalledOnce();
    expect(notify).not.toHaveBeenCalled();
  });

  it('tell where a status could not be set', async () => {
    const failed: PublicationView = {
      accountId: 'a_1',
      platform: 'slack',
      outcome: 'failed',
      detail: 'Slack refused.',
      retryAt: null,
      observed: null,
    };
    const applied: PublicationView = { ...failed, accountId: 'a_2', outcome: 'applied', detail: null };
    const { commands, notify } = parts([applied, failed]);
    commands.setStatus({ status: 'busy' });
    await settled();
    expect(notify).toHaveBeenCalledWith({
      id: 'status-not-set',
      title: 'The status was not set everywhere',
      body: 'Work: Slack refused.',
      contactId: null,
    });
  });

  it('log what fails unexpectedly, and go on', async () => {
    const { commands, ownStatus, logger } = parts();
    ownStatus.set.mockRejectedValueOnce(new Error('broken'));
    commands.setStatus({ status: 'busy' });
    await settled();
    expect(logger.lines).toMatchObject([{ level: 'error' }]);
  });
});

describe('until tomorrow', () => {
  it('ends at the next midnight of the user, also where that midnight does not exist', () => {
    const at = (instant: string) => epochMs(Date.parse(instant));
    expect(startOfTomorrow(at('2026-03-02T23:30:00Z'), 'Europe/Berlin')).toBe('2026-03-03T23:00:00Z');
    expect(startOfTomorrow(at('2026-03-28T12:00:00Z'), 'Europe/Berlin')).toBe('2026-03-28T23:00:00Z');
    // Beirut leaves midnight out on 29 March 2026.
    expect(startOfTomorrow(at('2026-03-28T12:00:00Z'), 'Asia/Beirut')).toBe('2026-03-28T22:00:00Z');
  });
});
