import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../src/simulator/teams/server.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { signIn } from './support/colleagues.ts';
import { rowOf } from './support/page-parts.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

const NOOR = 'noor.hassan@harbour-works.example';
const TITLE = 'Whom it looks at';

describeWith(findChromium(), 'adding people from a directory', () => {
  let stage: Stage;
  let teams: TeamsSimulator;
  let accountId: string;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    teams = await startTeamsSimulator({
      populate: (organisation) => {
        for (const displayName of ['Ada Byron', 'Mei Tanaka', 'Meike Aalto']) {
          organisation.client(organisation.add({ displayName }).id, 'Available');
        }
        return organisation.add({ displayName: 'Noor Hassan' });
      },
    });
    stage.onClose(() => teams.close());
    accountId = await signIn(stage, {
      platform: 'teams',
      label: 'Harbour Works',
      settings: { graphUrl: teams.graphUrl, authority: teams.authority, clientId: teams.clientId },
      secrets: { accessToken: teams.issueToken(NOOR) },
    });
    page = await stage.visit();
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  const section = () => page.getByRole('region', { name: TITLE });
  const search = (text: string) => section().getByRole('searchbox', { name: 'Search the directory' }).fill(text);
  const chosen = () => section().getByRole('list', { name: 'Chosen people' }).getByRole('listitem');
  const people = async () => {
    const { settings } = routes.getAccount.answer.parse(await stage.served.api('GET', `/v1/accounts/${accountId}`));
    return settings.people;
  };
  const idOf = (name: string) => teams.organisation.person(`${name}@harbour-works.example`).id;

  it('begins with everybody', async () => {
    for (const name of ['Ada Byron', 'Mei Tanaka', 'Meike Aalto']) await see(rowOf(page, name)).toBeVisible();
    await page.goto(`${stage.served.url}/accounts/${accountId}`);
    await see(section().getByText('Everybody in the directory.')).toBeVisible();
  });

  it('finds by the beginning of a name, and says what the first one changes', async () => {
    await search('mei');
    await see(section().getByRole('listitem')).toHaveText([/^MT?.*Mei Tanaka/, /Meike Aalto/]);
    await section().getByRole('button', { name: 'Add Mei Tanaka' }).click();
    const dialog = page.getByRole('dialog', { name: 'Show only Mei Tanaka?' });
    await see(dialog).toContainText('2 people known only through it disappear');
    await dialog.getByRole('button', { name: 'Show only Mei Tanaka' }).click();
    await see(section().getByText(/^Only this person/)).toBeVisible();
    await see(chosen()).toHaveText([/Mei Tanaka/]);
    expect(await people()).toEqual([idOf('mei.tanaka')]);
  });

  it('shows only those from then on, and another one once they are added', async () => {
    await see(page.getByText('Connected', { exact: true })).toBeVisible();
    await search('ada');
    await section().getByRole('button', { name: 'Add Ada Byron' }).click();
    await see(chosen()).toHaveText([/Mei Tanaka/, /Ada Byron/]);
    await page.getByRole('link', { name: 'People' }).click();
    await see(rowOf(page, 'Ada Byron')).toBeVisible();
    await see(page.getByRole('option')).toHaveCount(2);
  });

  it('tells by name who of them is not in the directory any more, and removes them', async () => {
    const mei = idOf('mei.tanaka');
    teams.organisation.remove(mei);
    await stage.served.api('PATCH', `/v1/accounts/${accountId}`, { enabled: false });
    await stage.served.api('PATCH', `/v1/accounts/${accountId}`, { enabled: true });
    await page.goto(`${stage.served.url}/accounts/${accountId}`);
    await see(page.getByRole('note').getByText(`so not shown: “${mei}”`)).toBeVisible();
    await section()
      .getByRole('button', { name: `Remove ${mei}` })
      .click();
    await see(chosen()).toHaveText([/Ada Byron/]);
    await see(page.getByRole('note')).toHaveCount(0);
    expect(await people()).toEqual([idOf('ada.byron')]);
  });

  it('comes back to everybody when the last one is removed', async () => {
    await section().getByRole('button', { name: 'Remove Ada Byron' }).click();
    await page
      .getByRole('dialog', { name: 'Show everybody again?' })
      .getByRole('button', { name: 'Show everybody' })
      .click();
    await see(section().getByText('Everybody in the directory.')).toBeVisible();
    expect(await people()).toBeUndefined();
    await page.getByRole('link', { name: 'People' }).click();
    await see(rowOf(page, 'Meike Aalto')).toBeVisible();
  });

  it('keeps nothing of what was searched for', async () => {
    expect(stage.served.output()).not.toMatch(/Tanaka|query=/);
  });
});
