import { expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startWhatsappSimulator } from '../../../src/simulator/whatsapp/server.ts';
import { startVirtualCore } from '../../e2e/headless/support/virtual-core.ts';
import { FakeClock } from '../../support/fake-clock.ts';

it('an “About” text that stands for two hours leaves most of an hour’s calls to what people do', async () => {
  const clock = new FakeClock();
  const whatsapp = await startWhatsappSimulator({ now: () => clock.now() });
  const number = whatsapp.business.addNumber({
    id: '106540352242922',
    displayPhoneNumber: '+1 555-078-3881',
    verifiedName: 'Analytical Engines',
    about: 'We build engines.',
  });
  const accessToken = whatsapp.business.issueToken();
  const virtual = startVirtualCore({ clock });
  const body = {
    platform: 'whatsapp' as const,
    settings: { apiUrl: whatsapp.apiUrl, phoneNumberId: number.id, publishAbout: true },
    secrets: { accessToken, appSecret: whatsapp.business.appSecret, verifyToken: 'words' },
  };
  await virtual.api.call(routes.createAccount, { body });
  await virtual.api.call(routes.putOwnStatus, { body: { status: 'busy', message: 'In the engine room' } });
  await virtual.pass(120 * 60_000, { stepMs: 5_000, breathMs: 0 });
  const lastHour = whatsapp.calls.filter(({ at }) => at > clock.now() - 60 * 60_000);
  expect(lastHour.length).toBeGreaterThan(10);
  expect(lastHour.length).toBeLessThan(40);
  number.about = 'Closed on Sundays.';
  await virtual.pass(4 * 60_000, { stepMs: 5_000, breathMs: 0 });
  expect((await virtual.api.call(routes.getOwnStatus)).results).toMatchObject([{ outcome: 'overridden' }]);
  await virtual.stop();
  await whatsapp.close();
});
