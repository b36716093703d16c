import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/simulator/people/random.ts';
import { populateBelievably } from '../../../src/simulator/slack/believable-workspace.ts';
import { changeSomething } from '../../../src/simulator/slack/everyday-life.ts';
import { SlackWorkspaceState } from '../../../src/simulator/slack/workspace/workspace-state.ts';

function aDay(seed: number) {
  let now = Date.UTC(2026, 4, 4, 9);
  const workspace = new SlackWorkspaceState({ teamId: 'T0', name: 'Harbour', domain: 'harbour' }, () => now);
  const { me, people } = populateBelievably(workspace, { people: 20 });
  const others = people.filter((id) => id !== me);
  const random = seededRandom(seed);
  const before = workspace.user(me);
  const sentences: string[] = [];
  let differences = 0;
  for (let change = 0; change < 300; change += 1) {
    now += 10_000;
    const earlier = JSON.stringify(others.map((id) => workspace.user(id)));
    sentences.push(changeSomething(workspace, others, random));
    if (JSON.stringify(others.map((id) => workspace.user(id))) !== earlier) differences += 1;
  }
  return { sentences, differences, untouched: JSON.stringify(workspace.user(me)) === JSON.stringify(before) };
}

describe('everyday life', () => {
  it('changes one of the named members each time, and nobody else', () => {
    const { differences, untouched } = aDay(1);
    expect(differences).toBe(300);
    expect(untouched).toBe(true);
  });

  it('lets everything happen that Slack can show', () => {
    const { sentences } = aDay(1);
    for (const what of ['is back', 'closed Slack', 'is away', 'says:', 'cleared', 'in a huddle', 'left', 'disturbed']) {
      expect(
        sentences.some((sentence) => sentence.includes(what)),
        what,
      ).toBe(true);
    }
  });

  it('is the same for the same seed', () => {
    expect(aDay(3).sentences).toEqual(aDay(3).sentences);
    expect(aDay(3).sentences).not.toEqual(aDay(4).sentences);
  });
});
