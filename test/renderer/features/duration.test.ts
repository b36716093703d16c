import { describe, expect, it } from 'vitest';
import { endOf } from '../../../renderer/features/own-status/duration.ts';
import { changeOf } from '../../../renderer/features/person/watch-choice.ts';

const now = new Date(2026, 2, 2, 14, 30).getTime();

describe('how long a status holds', () => {
  it('is a length for minutes, an instant for a time of day and tomorrow, and nothing until it is cleared', () => {
    expect(endOf('keep', '', now)).toEqual({});
    expect(endOf('240', '', now)).toEqual({ forSeconds: 14_400 });
    expect(endOf('tomorrow', '', now)).toEqual({ until: new Date(2026, 2, 3).toISOString() });
    expect(endOf('time', '15:00', now)).toEqual({ until: new Date(2026, 2, 2, 15).toISOString() });
  });

  it('stays as it is when only the words change, unless that end has passed meanwhile', () => {
    const soon = new Date(now + 60_000).toISOString();
    expect(endOf('as-set', '', now, soon)).toEqual({ until: soon });
    expect(endOf('as-set', '', now + 60_000, soon)).toEqual({});
  });

  it('is refused for a time that is none', () => {
    expect(endOf('time', '', now)).toBeNull();
  });
});

describe('what "tell me when" means', () => {
  it('takes coming back from a short pause for no coming online', () => {
    expect(changeOf('online').from).not.toContain('idle');
    expect(changeOf('available').to).toEqual(['online', 'idle']);
  });

  it('tells of leaving from wherever they were', () => {
    expect(changeOf('offline')).toEqual({ from: null, to: ['offline'] });
  });
});
