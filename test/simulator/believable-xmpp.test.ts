import { describe, expect, it } from 'vitest';
import { changeSomebody, startBelievableXmpp } from '../../src/simulator/believable-xmpp.ts';
import { seededRandom } from '../../src/simulator/people/random.ts';

describe('believable people on an XMPP server', () => {
  it('are the same for the same seed, some of them there and some not, and change one at a time', async () => {
    const [first, again] = [
      await startBelievableXmpp({ people: 30, seed: 5 }),
      await startBelievableXmpp({ people: 30, seed: 5 }),
    ];
    try {
      expect(first.others).toHaveLength(29);
      expect(again.others).toEqual(first.others);
      const sessions = () => first.others.map((username) => first.xmpp.sessions(username));
      expect(again.others.map((username) => again.xmpp.sessions(username))).toEqual(sessions());
      const there = sessions().filter((each) => each.length > 0).length;
      expect(there).toBeGreaterThan(10);
      expect(there).toBeLessThan(29);
      expect(new Set(sessions().flatMap((each) => each.map((session) => session.show))).size).toBeGreaterThan(3);
      const random = seededRandom(5);
      const counts = Array.from({ length: 60 }, () => {
        const before = sessions();
        changeSomebody(first.xmpp, first.others, random);
        return sessions().filter((each, index) => JSON.stringify(each) !== JSON.stringify(before[index])).length;
      });
      expect(Math.max(...counts)).toBe(1);
      expect(counts.filter((count) => count === 1).length).toBeGreaterThan(40);
    } finally {
      await first.xmpp.close();
      await again.xmpp.close();
    }
  });
});
