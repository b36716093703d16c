import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright';
import { TeamLife } from '../../../../src/simulator/team/team-life.ts';
import { startTeamServers } from '../../../../src/simulator/team/team-servers.ts';
import { startServed } from './served.ts';

const out = '/work/main/test-results/browser';
mkdirSync(out, { recursive: true });
const team = await startTeamServers({ size: 60, seed: 4 });
const life = new TeamLife(team, 4);
life.start(0);
process.env.MUSTER_BUILD_DIR ??= '/tmp/mb-e2e'; const served = await startServed();
const api = (m: string, p: string, b?: unknown) => served.api(m, p, b).catch((e) => console.log(String(e))) as any;
for (const a of team.accounts) await api('POST', '/v1/accounts', a);
await api('PATCH', '/v1/settings', { firstRun: 'done' });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});
const ctx = await browser.newContext({
  viewport: { width: 1040, height: 720 },
  timezoneId: 'Europe/Berlin',
  locale: 'en-GB',
});
const page = await ctx.newPage();
page.on('console', (m) => console.log('console', m.type(), m.text()));
page.on('pageerror', (e) => console.log('pageerror', e.message));
await page.goto(served.printedLink);
await page.waitForSelector('[role=option]');
await page.waitForTimeout(3000);
const list = (await api('GET', '/v1/contacts?limit=500')).items;
const multi = list.find((c: any) => c.identities.length > 1 && c.status === 'online') ?? list[0];
for (const c of [multi, ...list.slice(2, 5)]) await api('PATCH', `/v1/contacts/${c.id}`, { favourite: true });
await api('PUT', '/v1/me/status', { status: 'busy', message: 'Focus', emoji: '🎧', forSeconds: 3600 });
await api('POST', '/v1/schedules', {
  name: 'Evenings',
  enabled: true,
  timeZone: 'device',
  rules: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '18:30', to: '08:00' }],
  doNotDisturb: true,
});
await api('POST', '/v1/schedules', {
  name: 'Lunch',
  enabled: true,
  timeZone: 'device',
  rules: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '12:00', to: '13:00' }],
  doNotDisturb: false,
  status: 'away',
  message: 'Lunch',
  emoji: '🥪',
});
await api('POST', '/v1/watches', {
  contactId: multi.id,
  to: ['online'],
  repeat: 'always',
  note: 'Ask about the release',
});
const shots: [string, string][] = [
  ['people', '/people'],
  ['person', `/people/${multi.id}`],
  ['alerts', '/alerts'],
  ['schedule', '/schedule'],
  ['accounts', '/accounts'],
  ['preferences', '/preferences'],
  ['welcome', '/welcome'],
];
const only = process.argv[2]?.split(',');
for (const theme of ['light', 'dark'] as const) {
  await page.emulateMedia({ colorScheme: theme });
  for (const [name, path] of shots) {
    if (only && !only.includes(name)) continue;
    await page.setViewportSize({ width: 1040, height: 720 });
    await page.goto(served.url + path);
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${out}/${name}-${theme}.png` });
    if (theme === 'light') {
      await page.setViewportSize({ width: 640, height: 720 });
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${out}/${name}-640.png` });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) console.log(name, 'overflows by', over);
    }
  }
  await page.setViewportSize({ width: 380, height: 580 });
  await page.goto(served.url + '/popover');
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${out}/popover-${theme}.png` });
}
await browser.close();
life.stop();
await served.remove();
await team.close();
process.exit(0);
