/** The part of a key press that a shortcut is made of. */
export type Press = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** Keys that Electron's accelerators name otherwise than the browser does (electronjs.org/docs/latest/api/accelerator). */
const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  '+': 'Plus',
};

const plainNames = new Set(['Home', 'End', 'PageUp', 'PageDown', 'Insert', 'Delete']);

const keyOf = ({ key, code }: Press): string | null => {
  if (/^F([1-9]|1\d|2[0-4])$/.test(key) || plainNames.has(key)) return key;
  if (named[key] !== undefined) return named[key];
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  // With Option a Mac types another character: the key itself counts.
  const physical = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (physical !== undefined) return physical;
  return /^[!-/:-@[-`{-~]$/.test(key) ? key : null;
};

/**
 * A press as an accelerator of Electron (`CommandOrControl+Shift+M`). Null while only modifiers are held, and for a key
 * that would be missed in typing: one without Control, Command or Alt that is no function key.
 */
export const acceleratorOf = (press: Press, mac: boolean): string | null => {
  const key = keyOf(press);
  if (key === null) return null;
  const strong = press.ctrlKey || press.metaKey || press.altKey;
  if (!strong && !/^F\d+$/.test(key)) return null;
  const main = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  return [
    main ? 'CommandOrControl' : '',
    other ? (mac ? 'Control' : 'Super') : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('+');
};

const macSigns: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
};

const otherWords: Readonly<Record<string, string>> = { CommandOrControl: 'Ctrl', Super: 'Super', Plus: '+' };

/** An accelerator as it stands on keyboards: `⌘ ⇧ M`, `Ctrl + Shift + M`. */
export const shortcutWords = (accelerator: string, mac: boolean): string => {
  const parts = accelerator.split('+');
  return mac
    ? parts.map((part) => macSigns[part] ?? part).join(' ')
    : parts.map((part) => otherWords[part] ?? part).join(' + ');
};
