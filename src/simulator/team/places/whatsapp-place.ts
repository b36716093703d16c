import { startWhatsappSimulator } from '../../whatsapp/server.ts';
import type { TeamMember } from '../team.ts';
import type { TeamPlace } from './place.ts';

const VERIFY_TOKEN = 'demo-verify-token';

/** The company's WhatsApp number: who writes to it, or reads what it wrote, was there a moment ago. */
export async function whatsappPlace(members: readonly TeamMember[]): Promise<TeamPlace> {
  const whatsapp = await startWhatsappSimulator({ redeliverAfterMs: 500 });
  const { business, webhooks } = whatsapp;
  const number = business.addNumber({
    id: '106540352242922',
    displayPhoneNumber: '+1 555-078-3881',
    verifiedName: 'Harbour Works',
    about: 'We answer within a day',
  });
  const users = new Map(
    members.map(({ id, name }) => [
      id,
      business.addUser({ waId: `4915550${id.padStart(6, '0')}`, userId: null, name, username: null }),
    ]),
  );
  return {
    place: 'whatsapp',
    account: {
      platform: 'whatsapp',
      label: 'Harbour on WhatsApp',
      settings: { apiUrl: whatsapp.apiUrl, phoneNumberId: number.id, publishAbout: true },
      secrets: { accessToken: business.issueToken(), appSecret: business.appSecret, verifyToken: VERIFY_TOKEN },
      sendsTo: async (address) => {
        await webhooks.subscribe(address, VERIFY_TOKEN);
        // Somebody has just written, so that there is somebody to be seen.
        for (const user of users.values()) webhooks.message(number, user);
      },
    },
    act({ id }, atWork, random) {
      const user = users.get(id);
      if (!user || !atWork || webhooks.url === null) return;
      if (random() < 0.5) webhooks.message(number, user);
      else webhooks.status(number, user, 'read');
    },
    troubles: [],
    close: async () => {
      webhooks.close();
      await whatsapp.close();
    },
  };
}
