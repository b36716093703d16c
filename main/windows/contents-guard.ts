import type { App, WebContents } from 'electron';
import { isInterfaceUrl } from '../interface/scheme.ts';

/**
 * Keeps every page where it is: no navigation away from our origin, no new windows, no embedded ones. Links go through
 * `openExternal`, which knows what may be opened.
 */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isInterfaceUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
