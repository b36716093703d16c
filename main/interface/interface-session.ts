import { type Session, session } from 'electron';
import { SECURITY_HEADERS, staticInterface } from '../../src/server/static-ui.ts';
import { INTERFACE_ORIGIN, INTERFACE_SCHEME, isInterfaceUrl } from './scheme.ts';

/** What answers the API's paths: the same application that the headless host mounts. */
export type ApiFetch = (request: Request) => Response | Promise<Response>;

const API = /^\/(v1(\/|$)|openapi\.json$)/;

/**
 * The windows' own session: it serves the interface and the API on the private scheme, grants no permission, saves only what
 * a page of ours made itself (an export), and reaches nothing else. That only our windows have this session is the API's guard here: there is no other way to it.
 */
export function openInterfaceSession(options: { rendererFolder: string; api: ApiFetch }): Session {
  const { rendererFolder, api } = options;
  const pages = staticInterface(rendererFolder);
  const own = session.fromPartition('persist:interface');
  own.protocol.handle(INTERFACE_SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'interface') return new Response(null, { status: 404 });
    const isApi = API.test(url.pathname);
    return isApi ? withSecurityHeaders(await api(request)) : pages(url.pathname);
  });
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${INTERFACE_ORIGIN}/`)) event.preventDefault();
  });
  // The policy forbids it already; this holds for whatever the policy does not cover. Developer tools load from devtools:.
  own.webRequest.onBeforeRequest((details, decide) => {
    const allowed = isInterfaceUrl(details.url) || /^(devtools|blob|data):/.test(details.url);
    decide({ cancel: !allowed });
  });
  own.setSpellCheckerEnabled(false);
  return own;
}

/** The API's answers are never pages, whatever they hold. A stream stays a stream. */
function withSecurityHeaders(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}
