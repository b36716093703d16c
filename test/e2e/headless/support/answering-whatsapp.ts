import { CallWindows } from '../../../../src/simulator/http/call-windows.ts';
import { WhatsappBusiness } from '../../../../src/simulator/whatsapp/business.ts';
import { answerGraphCall } from '../../../../src/simulator/whatsapp/graph-api.ts';
import type { Answer } from './answering.ts';
import { requestOf, simulated } from './answering-simulated.ts';

/** The number of the day's business. */
export const WHATSAPP_NUMBER = '106540352242922';

/** WhatsApp by the simulator's own rules, without its limit: a business with one number. Nobody can be asked about. */
export function whatsappAnswers(_people: readonly string[], now: () => number): Answer {
  const business = new WhatsappBusiness('day-app-secret');
  business.addNumber({ id: WHATSAPP_NUMBER, displayPhoneNumber: '+1 555-0100', verifiedName: 'Day', about: 'Open.' });
  const token = business.issueToken();
  const state = {
    business,
    windows: new CallWindows(),
    now,
    callsAnHour: Number.MAX_SAFE_INTEGER,
    callbackUrl: () => 'https://day.example/hook',
  };
  return (call) => {
    const url = new URL(call.url);
    // The proof is of the account's own token, which the business does not know.
    url.searchParams.delete('appsecret_proof');
    return simulated(answerGraphCall(state, requestOf(call, `Bearer ${token}`), url, call.body));
  };
}
