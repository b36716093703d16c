import { describe, expect, it } from 'vitest';
import { startsByItself, stepAfter, stepBefore, steps } from '../../../../renderer/features/first-run/steps.ts';
import { preferencesSchema } from '../../../../src/contract/index.ts';

describe('the first run', () => {
  it('goes through every step that the preference knows, and stays at its ends', () => {
    expect(steps).toEqual(preferencesSchema.shape.firstRun.options);
    expect(stepAfter('welcome')).toBe('connect');
    expect(stepAfter('done')).toBe('done');
    expect(stepBefore('connect')).toBe('welcome');
    expect(stepBefore('welcome')).toBe('welcome');
  });

  it('begins by itself only on a home in which nothing was done', () => {
    expect(startsByItself('welcome', 0)).toBe(true);
    expect(startsByItself('welcome', 1)).toBe(false);
    expect(startsByItself('connect', 0)).toBe(false);
    expect(startsByItself('done', 0)).toBe(false);
  });
});
