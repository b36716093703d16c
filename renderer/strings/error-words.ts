import i18next from 'i18next';
import { ApiError, type ApiErrorCode } from '../transport/api-error.ts';
import { coreWords } from './use-core-words.ts';

/** Codes whose problem document says something that only the server knows: the platform's own reason, the clash, the scope. */
const withDetail: ReadonlySet<ApiErrorCode> = new Set([
  'conflict',
  'credentials-refused',
  'missing-scope',
  'platform-unreachable',
  'insecure-connection',
  'secret-store-unavailable',
] satisfies ApiErrorCode[]);

/** Anything thrown, as a sentence for the person in front of it. */
export const errorWords = (error: unknown): string => {
  if (!(error instanceof ApiError)) return i18next.t('errors.internal');
  const words = i18next.t(`errors.${error.code}`);
  return withDetail.has(error.code) && error.message !== '' ? `${words} ${coreWords(error.message)}` : words;
};
