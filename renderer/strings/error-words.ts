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

/** Sentences, each once. */
const once = (text: string): string => [...new Set(text.split(/(?<=\.) (?=\p{Lu})/u))].join(' ');

/** Anything thrown, as a sentence for the person in front of it. */
export const errorWords = (error: unknown): string => {
  if (!(error instanceof ApiError)) return i18next.t('errors.internal');
  const words = i18next.t(`errors.${error.code}`);
  if (!withDetail.has(error.code) || error.message === '') return words;
  const detail = coreWords(error.message);
  // Who could not be reached, and why, only the detail says.
  return once(error.code === 'platform-unreachable' ? `${detail} ${words}` : `${words} ${detail}`);
};
