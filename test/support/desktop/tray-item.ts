import { Message, type MessageBus, Variant } from 'dbus-next';
import { z } from 'zod';

/** One size of an icon: 32-bit ARGB, rows from the top, big-endian, as the StatusNotifierItem specification has it. */
export type Pixmap = { width: number; height: number; argb: Buffer };

/** An entry of the icon's menu. Separators have an empty label. */
export type MenuEntry = {
  id: number;
  label: string;
  kind: 'entry' | 'separator' | 'checkbox' | 'radio';
  enabled: boolean;
  checked: boolean;
  entries: MenuEntry[];
};

/** A registered tray icon, with what a panel reads from it and does to it. */
export type TrayItem = {
  /** Its well-known or unique name on the bus. */
  service: string;
  pixmaps(): Promise<Pixmap[]>;
  toolTip(): Promise<string>;
  /** A click on the icon. */
  activate(): Promise<void>;
  menu(): Promise<MenuEntry[]>;
  /** Clicks a menu entry, named by the labels that lead to it; throws with the labels that exist instead. */
  choose(...labels: string[]): Promise<void>;
};

const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';

const variant = z.instanceof(Variant).transform(({ value }): unknown => value);
const pixmapSchema = z
  .tuple([z.number(), z.number(), z.instanceof(Buffer)])
  .transform(([width, height, argb]) => ({ width, height, argb }));
const toolTipSchema = z.tuple([z.string(), z.array(pixmapSchema), z.string(), z.string()]);
const layoutSchema = z.tuple([z.number(), z.record(z.string(), variant), z.array(variant)]);

function parseEntry(value: unknown): MenuEntry {
  const [id, properties, children] = layoutSchema.parse(value);
  const toggle = properties['toggle-type'];
  const separator = properties.type === 'separator';
  return {
    id,
    // An underscore marks the access key; two stand for one.
    label: z
      .string()
      .catch('')
      .parse(properties.label)
      .replace(/__|_/g, (mark) => (mark === '__' ? '_' : '')),
    kind: separator ? 'separator' : toggle === 'checkmark' ? 'checkbox' : toggle === 'radio' ? 'radio' : 'entry',
    enabled: properties.enabled !== false,
    checked: properties['toggle-state'] === 1,
    entries: children.map(parseEntry),
  };
}

/** Speaks to the icon that `service` exports at `path`. */
export function trayItem(bus: MessageBus, service: string, path: string): TrayItem {
  const call = async (at: string, iface: string, member: string, signature = '', body: unknown[] = []) => {
    const message = new Message({ destination: service, path: at, interface: iface, member, signature, body });
    const reply = await bus.call(message);
    return z.array(z.unknown()).parse(reply?.body ?? []);
  };
  const property = async (name: string) => {
    const [value] = await call(path, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [itemInterface, name]);
    return variant.parse(value);
  };
  const menuPath = async () => z.string().parse(await property('Menu'));
  const layout = async (at: string) => {
    const [, root] = await call(at, menuInterface, 'GetLayout', 'iias', [0, -1, []]);
    return parseEntry(root);
  };

  return {
    service,
    pixmaps: async () => z.array(pixmapSchema).parse(await property('IconPixmap')),
    toolTip: async () => {
      const [, , title, text] = toolTipSchema.parse(await property('ToolTip'));
      return [title, text].filter(Boolean).join('\n');
    },
    activate: async () => void (await call(path, itemInterface, 'Activate', 'ii', [0, 0])),
    menu: async () => (await layout(await menuPath())).entries,
    choose: async (...labels) => {
      const at = await menuPath();
      let entry = await layout(at);
      for (const label of labels) {
        const next = entry.entries.find((candidate) => candidate.label === label);
        if (!next) {
          const known = entry.entries.map((candidate) => JSON.stringify(candidate.label)).join(', ');
          throw new Error(`the tray menu has no ${JSON.stringify(label)}; it has ${known}`);
        }
        entry = next;
      }
      await call(at, menuInterface, 'Event', 'isvu', [entry.id, 'clicked', new Variant('i', 0), 0]);
    },
  };
}
