/** What the host gives to its pages: `window.musterHost`, and nothing of Electron or Node beside it. */
import { contextBridge, ipcRenderer } from 'electron';
import type { HostBridge } from '../../src/contract/host-bridge.ts';
import { HOST_CHANNEL, KIND_ARGUMENT, NAVIGATE_CHANNEL } from '../ipc/channels.ts';

/** The kind of the window, which the host hands over as an argument of the renderer process. */
function kindOf(argv: readonly string[]): HostBridge['kind'] {
  const kind = argv.find((argument) => argument.startsWith(KIND_ARGUMENT))?.slice(KIND_ARGUMENT.length);
  return kind === 'popover' || kind === 'sign-in' ? kind : 'main';
}

function osOf(platform: string): HostBridge['os'] {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

const bridge: HostBridge = {
  kind: kindOf(process.argv),
  os: osOf(process.platform),
  request: async (name, value) => {
    await ipcRenderer.invoke(HOST_CHANNEL, name, value);
  },
  onNavigate: (listener) => {
    const hear = (_event: unknown, path: unknown) => {
      if (typeof path === 'string') listener(path);
    };
    ipcRenderer.on(NAVIGATE_CHANNEL, hear);
    return () => {
      ipcRenderer.off(NAVIGATE_CHANNEL, hear);
    };
  },
};

contextBridge.exposeInMainWorld('musterHost', bridge);
