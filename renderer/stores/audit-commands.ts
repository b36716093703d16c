import type { AuditEntryView } from '../../src/contract/index.ts';
import { wholeList } from '../transport/all-pages.ts';
import { call } from './api.ts';

/** One page of the audit trail, newest first. */
export type AuditPage = {
  readonly items: readonly AuditEntryView[];
  readonly nextCursor: string | null;
  readonly total: number;
};

const pageLength = 100;

const of = (accountId: string | null): { readonly account?: string } =>
  accountId === null ? {} : { account: accountId };

/** Loads one page of the trail, of one account or of all. Fails with an ApiError. */
export const loadAudit = (accountId: string | null, cursor: string | null): Promise<AuditPage> =>
  call('listAudit', { query: { ...of(accountId), limit: pageLength, ...(cursor === null ? {} : { cursor }) } });

/** The whole trail, as the text of one JSON document. */
export const auditText = async (accountId: string | null): Promise<string> => {
  const entries = await wholeList((query) => call('listAudit', { query: { ...of(accountId), ...query } }));
  return JSON.stringify({ exportedAt: new Date().toISOString(), entries }, null, 2);
};
