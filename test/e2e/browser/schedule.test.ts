import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { routes, type ScheduleView } from '../../../src/contract/index.ts';
import { findChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/requirement.ts';
import { see } from './support/see.ts';
import { type Stage, startStage } from './support/stage.ts';

/** A cell of the grid: days from Monday, rows of half an hour from midnight. */
type Cell = { readonly day: number; readonly row: number };

const at = (day: number, hour: number): Cell => ({ day, row: hour * 2 });

describeWith(findChromium(), 'the schedule', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await startStage();
    page = await stage.visit({ path: '/schedule' });
  });
  afterEach(() => expect(stage.problems).toEqual([]));
  afterAll(() => stage?.close());

  const cell = ({ day, row }: Cell) => page.locator(`td[data-day="${day}"][data-row="${row}"]`);
  const schedules = async (): Promise<ScheduleView[]> =>
    routes.listSchedules.answer.parse(await stage.served.api('GET', '/v1/schedules')).items;
  const rules = async () => (await schedules())[0]?.rules ?? [];

  /** Presses, moves and lets go, as a hand does. */
  async function drag(from: Cell, to: Cell): Promise<void> {
    await cell(from).scrollIntoViewIfNeeded();
    const [start, end] = [await cell(from).boundingBox(), await cell(to).boundingBox()];
    if (start === null || end === null) throw new Error('The cells are not drawn.');
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 5 });
    await page.mouse.up();
  }

  it('says what to do where there is no schedule yet', async () => {
    await see(page.getByText(/^No schedule yet/)).toBeVisible();
    await see(page.getByRole('grid', { name: 'Week without a schedule' })).toBeVisible();
  });

  it('makes a schedule of the first hours that are dragged over, and keeps it over a reload', async () => {
    await drag(at(0, 9), { day: 2, row: 21 });
    await see(page.getByRole('grid', { name: 'Week of Do not disturb' })).toBeVisible();
    await see(cell(at(1, 10))).toHaveAttribute('aria-selected', 'true');
    await see(cell(at(3, 10))).toHaveAttribute('aria-selected', 'false');
    expect(await rules()).toEqual([{ days: ['mon', 'tue', 'wed'], from: '09:00', to: '11:00' }]);
    await page.reload();
    await see(cell(at(2, 10))).toHaveAttribute('aria-selected', 'true');
    await see(cell(at(2, 11))).toHaveAttribute('aria-selected', 'false');
  });

  it('says when it next changes', async () => {
    const [schedule] = await schedules();
    const shown = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' });
    const item = page.getByRole('button', { name: /^Do not disturb ?Do not disturb ?(Begins|In force until)/ });
    await see(item).toContainText(shown.format(new Date(schedule?.nextTransition ?? '')));
  });

  it('clears what is dragged over again, and takes that back when asked', async () => {
    await drag(at(1, 9), { day: 1, row: 21 });
    await see(cell(at(1, 10))).toHaveAttribute('aria-selected', 'false');
    expect(await rules()).toEqual([{ days: ['mon', 'wed'], from: '09:00', to: '11:00' }]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await see(cell(at(1, 10))).toHaveAttribute('aria-selected', 'true');
  });

  it('makes one evening of hours on both sides of midnight', async () => {
    await drag(at(4, 22), { day: 4, row: 47 });
    await see(cell(at(4, 23))).toHaveAttribute('aria-selected', 'true');
    await drag(at(5, 0), { day: 5, row: 11 });
    await see(cell(at(5, 5))).toHaveAttribute('aria-selected', 'true');
    await expect.poll(rules).toContainEqual({ days: ['fri'], from: '22:00', to: '06:00' });
  });

  it('paints by keyboard: arrows move, Space paints, Shift and arrows draw a stretch', async () => {
    // A screen reader may put the focus there without any arrow.
    await cell(at(3, 14)).focus();
    await page.keyboard.press('Space');
    await see(cell(at(3, 14))).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await see(cell({ day: 3, row: 29 })).toBeFocused();
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Shift');
    await see(cell(at(4, 15))).toHaveAttribute('aria-selected', 'true');
    await expect.poll(rules).toContainEqual({ days: ['thu'], from: '14:00', to: '15:30' });
  });

  it('keeps a day off out of it', async () => {
    await page.getByRole('button', { name: 'Days off…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Days of/ });
    const day = dialog.locator('button[data-date]').nth(10);
    const date = await day.getAttribute('data-date');
    await day.click();
    await see(day).toHaveAttribute('aria-label', /Day off$/);
    await expect.poll(async () => (await schedules())[0]?.exceptions).toEqual([{ date, active: false }]);
    await day.click();
    await expect.poll(async () => (await schedules())[0]?.exceptions).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('makes me quiet when it is painted over this very moment, and says whose wish that is', async () => {
    const [schedule] = await schedules();
    const { id, activeNow: _now, nextTransition: _next, ...fields } = schedule ?? { id: '' };
    await stage.served.api('PUT', `/v1/schedules/${id}`, { ...fields, rules: [] });
    await see(page.locator('[aria-selected="true"]')).toHaveCount(0);
    const today = (await page.locator('th[scope="col"]').allInnerTexts()).findIndex((text) => text.includes('today'));
    const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Berlin' })
      .format(Date.now())
      .split(':')
      .map(Number);
    const row = hour * 2 + Math.floor(minute / 30);
    // So that the stroke never ends with the half hour that is about to be over.
    await drag({ day: today, row }, { day: today, row: Math.min(47, row + 1) });
    await see(page.getByText(/Do not disturb.* · schedule: Do not disturb/)).toBeVisible();
    await see(page.getByRole('button', { name: /^My status/ })).toContainText('Do not disturb');
    await see(page.getByRole('button', { name: /In force until/ })).toBeVisible();
    await page.getByRole('switch', { name: 'Do not disturb is on' }).click();
    await see(page.getByRole('button', { name: /^My status/ })).not.toContainText('Do not disturb');
    await see(page.getByText('Switched off')).toBeVisible();
  });

  it('deletes it only after saying what that means', async () => {
    await page.getByRole('button', { name: 'Delete Do not disturb' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Do not disturb?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await schedules()).toHaveLength(1);
    await page.getByRole('button', { name: 'Delete Do not disturb' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await see(page.getByText(/^No schedule yet/)).toBeVisible();
    expect(await schedules()).toEqual([]);
  });
});
