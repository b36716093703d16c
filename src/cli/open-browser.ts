import { spawn } from 'node:child_process';

/** Whether a window can be shown: always on macOS and Windows, elsewhere where there is an X or Wayland display. */
export function hasDisplay(env: Readonly<Record<string, string | undefined>>, os: string = process.platform): boolean {
  return os === 'darwin' || os === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens a link in the user's browser where there is a display; one that cannot be opened was printed anyway. */
export function openInBrowser(link: string, env: Readonly<Record<string, string | undefined>>): void {
  if (!hasDisplay(env)) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', link]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', link]
        : ['xdg-open', link];
  if (command === undefined) return;
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}
