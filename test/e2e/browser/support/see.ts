import { expect } from 'playwright/test';

/** Looks at a page until it is as said. Patient: a machine that does other things as well may be slow, and no test measures how slow. */
export const see = expect.configure({ timeout: 15_000 });
