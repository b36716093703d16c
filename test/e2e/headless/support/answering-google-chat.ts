import { answerAvailability } from '../../../../src/simulator/google-chat/availability-api.ts';
import { ChatUser } from '../../../../src/simulator/google-chat/user.ts';
import type { Answer } from './answering.ts';
import { requestOf, simulated } from './answering-simulated.ts';

const SCOPES = ['https://www.googleapis.com/auth/chat.users.availability'];

/** Google Chat by the simulator's own rules: one's own availability, and nobody else. */
export function googleChatAnswers(_people: readonly string[], now: () => number): Answer {
  const user = new ChatUser({ id: '117', name: 'Grace Hopper', email: 'grace@day.example' }, now);
  return (call) => {
    if (call.url.pathname === '/v1/userinfo') return { json: { sub: user.id, name: user.name, email: user.email } };
    return simulated(answerAvailability(user, SCOPES, requestOf(call), call.url, call.body, now()));
  };
}
