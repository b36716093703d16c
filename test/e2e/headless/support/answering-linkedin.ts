import { LinkedinMember } from '../../../../src/simulator/linkedin/member.ts';
import { answerRest } from '../../../../src/simulator/linkedin/portability-api.ts';
import type { Answer } from './answering.ts';
import { requestOf, simulated } from './answering-simulated.ts';

const HOUR = 3_600_000;

/** LinkedIn by the simulator's own rules: everybody writes once before the day begins, and a tenth of them every hour. */
export function linkedinAnswers(people: readonly string[], now: () => number): Answer {
  const member = new LinkedinMember({ id: 'me', firstName: 'Grace', lastName: 'Hopper' }, 'grace@day.example', now);
  member.regulatedAt = now() - HOUR;
  const write = (ids: readonly string[], at: number) => {
    for (const id of ids) member.act({ id, firstName: id, lastName: 'Day' }, 'messages', { at });
  };
  write(people, now() - HOUR / 2);
  let told = Math.floor(now() / HOUR);
  return (call) => {
    for (; told < Math.floor(now() / HOUR); told += 1) {
      write(
        people.filter((_, index) => index % 10 === told % 10),
        (told + 1) * HOUR,
      );
    }
    if (call.url.pathname === '/v2/userinfo') return { json: { sub: 'me', name: 'Grace Hopper' } };
    const scopes = ['r_dma_portability_3rd_party'];
    return simulated(answerRest(member, scopes, requestOf(call), call.url, call.body, now()));
  };
}
