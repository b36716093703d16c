import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../renderer/strings/en.ts';
import { errorWords } from '../../../renderer/strings/error-words.ts';
import { ApiError } from '../../../renderer/transport/api-error.ts';

describe('an error in words', () => {
  beforeAll(async () => {
    await i18next.init({ lng: 'en', resources: { en: { translation: en } } });
  });

  it('says who could not be reached first, and nothing twice', () => {
    const error = new ApiError(
      'platform-unreachable',
      'The server cannot be reached. Check the address and the network.',
    );
    expect(errorWords(error)).toBe(
      'The server cannot be reached. Check the address and the network. Nothing was saved.',
    );
  });

  it('says what the platform answered after what it means', () => {
    expect(errorWords(new ApiError('credentials-refused', 'Slack does not accept this token.'))).toBe(
      'The platform refused the sign-in. Nothing was saved. Check what you entered. Slack does not accept this token.',
    );
  });

  it('keeps to its own words where the server knows no more', () => {
    expect(errorWords(new ApiError('busy', 'EBUSY'))).not.toContain('EBUSY');
    expect(errorWords(new Error('boom'))).not.toContain('boom');
  });
});
