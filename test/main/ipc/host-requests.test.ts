import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isTrusted, type Sender } from '../../../main/ipc/host-requests.ts';

/** As much of a page and its frames as is looked at. */
function senderAt(url: string, frame: 'main' | 'inner' | 'gone'): Sender {
  const mainFrame = { url };
  const senderFrame = { main: mainFrame, inner: { url }, gone: null }[frame];
  return { sender: { mainFrame }, senderFrame } as Sender;
}

describe('a message to the host', () => {
  it('is heard from the main frame of our windows, on our scheme, and from nowhere else', () => {
    const ours = () => true;
    const page = 'muster-app://interface/people';
    expect(isTrusted(senderAt(page, 'main'), ours)).toBe(true);
    expect(isTrusted(senderAt(page, 'main'), () => false)).toBe(false);
    expect(isTrusted(senderAt(page, 'inner'), ours)).toBe(false);
    expect(isTrusted(senderAt(page, 'gone'), ours)).toBe(false);
    for (const url of [
      'https://example.org/',
      'muster-app://other/people',
      'muster-app.example.org',
      'file:///people',
      '',
    ]) {
      expect(isTrusted(senderAt(url, 'main'), ours)).toBe(false);
    }
  });
});

describe('the preload script', () => {
  it('brings nothing along but types and the names of channels', () => {
    const imports = readFileSync('main/preload/index.ts', 'utf8').match(/^import (?!type ).*$/gm);
    expect(imports).toEqual([
      "import { contextBridge, ipcRenderer } from 'electron';",
      "import { HOST_CHANNEL, KIND_ARGUMENT, NAVIGATE_CHANNEL } from '../ipc/channels.ts';",
    ]);
  });
});
