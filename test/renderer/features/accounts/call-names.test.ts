import { describe, expect, it } from 'vitest';
import { callKeyOf } from '../../../../renderer/features/accounts/call-names.ts';
import { SLACK_METHODS } from '../../../../src/platforms/slack/methods.ts';

describe('what a budget of calls is for', () => {
  it.each(Object.keys(SLACK_METHODS))('is known of Slack’s %s', (method) => {
    expect(callKeyOf(method)).not.toBeNull();
  });

  it('is known where the name has an id in it', () => {
    expect(callKeyOf('request-guild-members/1234')).toBe('people');
  });

  it('is left to the name of a call that nobody has words for', () => {
    expect(callKeyOf('moon.phase')).toBeNull();
    expect(callKeyOf('constructor')).toBeNull();
  });
});
