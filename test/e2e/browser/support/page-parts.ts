import type { Locator, Page } from 'playwright';

/** Somebody's row in the list of people. */
export const rowOf = (page: Page, name: string): Locator => page.getByRole('option').filter({ hasText: name });

/** The names in the list, from top to bottom. */
export const namesIn = (page: Page): Promise<string[]> => page.locator('[role="option"] b').allInnerTexts();

/** The search above the list. */
export const searchIn = (page: Page): Locator => page.getByRole('searchbox', { name: /Search people|Personen suchen/ });

/** Opens somebody's page and waits for it. */
export async function openPerson(page: Page, name: string): Promise<void> {
  await rowOf(page, name).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
}
