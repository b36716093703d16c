import type { IncomingMessage } from 'node:http';
import type { JsonAnswer } from '../http/answer.ts';
import type { LinkedinMember } from './member.ts';

const SCOPES = ['r_dma_portability_3rd_party', 'r_dma_portability_self_serve', 'r_dma_portability_member'];
const SUPPORTED_VERSIONS = ['202312', '202408', '202411'];
const APP = 'urn:li:developerApplication:123456';

/** LinkedIn's refusal in its own shape. */
export function linkedinError(
  status: number,
  serviceErrorCode: number | null,
  code: string,
  message: string,
): JsonAnswer {
  return {
    status,
    headers: {},
    body: { status, ...(serviceErrorCode === null ? {} : { serviceErrorCode }), code, message },
  };
}

/** Answers a call below `/rest/` by a member whose token has these scopes. */
export function answerRest(
  member: LinkedinMember,
  scopes: readonly string[],
  request: IncomingMessage,
  url: URL,
  body: string,
  now: number,
): JsonAnswer {
  const version = request.headers['linkedin-version'];
  if (version === undefined) return linkedinError(400, null, 'VERSION_MISSING', 'A version must be present.');
  if (!SUPPORTED_VERSIONS.includes(String(version))) {
    return linkedinError(426, null, 'NONEXISTENT_VERSION', `Requested version ${String(version)} is not active`);
  }
  if (!scopes.some((scope) => SCOPES.includes(scope))) {
    const resource = url.pathname.replace('/rest/', '');
    const method = request.method === 'POST' ? 'CREATE' : 'FINDER-memberAndApplication';
    return linkedinError(403, 100, 'ACCESS_DENIED', `Not enough permissions to access: ${resource}.${method}.20231201`);
  }
  if (!member.inRegion) return linkedinError(403, null, 'FORBIDDEN', 'Forbidden');
  if (url.pathname === '/rest/memberAuthorizations') {
    return request.method === 'POST' ? record(member, request, body, now) : authorizations(member, url);
  }
  if (url.pathname === '/rest/memberChangeLogs' && request.method === 'GET') return changeLog(member, url);
  return linkedinError(404, 0, 'RESOURCE_NOT_FOUND', `No root resource defined for path ${url.pathname}`);
}

function authorizations(member: LinkedinMember, url: URL): JsonAnswer {
  if (url.searchParams.get('q') !== 'memberAndApplication') return invalid('q');
  const elements =
    member.regulatedAt === null
      ? []
      : [
          {
            memberComplianceAuthorizationKey: {
              developerApplication: APP,
              member: `urn:li:person:${member.person.id}`,
            },
            regulatedAt: member.regulatedAt,
            memberComplianceScopes: ['DMA'],
          },
        ];
  return ok({ paging: { start: 0, count: 10, links: [] }, elements });
}

function record(member: LinkedinMember, request: IncomingMessage, body: string, now: number): JsonAnswer {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json') || body.trim() !== '{}') {
    return linkedinError(400, 0, 'ILLEGAL_ARGUMENT', 'The body must be {}.');
  }
  member.regulatedAt ??= now;
  return { status: 200, headers: {}, body: {} };
}

function changeLog(member: LinkedinMember, url: URL): JsonAnswer {
  if (url.searchParams.get('q') !== 'memberAndApplication') return invalid('q');
  const startTime = whole(url.searchParams.get('startTime'));
  const start = whole(url.searchParams.get('start')) ?? 0;
  const count = whole(url.searchParams.get('count')) ?? 10;
  if (startTime === 'odd' || start === 'odd' || count === 'odd' || count < 1 || count > 50) return invalid('startTime');
  const all = member.changeLog(startTime);
  // Left out after counting: a page can be short and not the last.
  const elements = all.slice(start, start + count).filter(({ id }) => !member.withheld.has(id));
  const links =
    start + count < all.length || member.linksOn
      ? [
          {
            type: 'application/json',
            rel: 'next',
            href: `/rest/memberChangeLogs?start=${start + count}&count=${count}`,
          },
        ]
      : [];
  return ok({ paging: { start, count, links }, elements });
}

function whole(text: string | null): number | null | 'odd' {
  if (text === null) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : 'odd';
}

function invalid(parameter: string): JsonAnswer {
  return linkedinError(400, 0, 'ILLEGAL_ARGUMENT', `Invalid query parameter: ${parameter}`);
}

function ok(body: unknown): JsonAnswer {
  return { status: 200, headers: {}, body };
}
