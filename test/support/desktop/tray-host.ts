import { Message, type MessageBus, sessionBus, Variant } from 'dbus-next';
import { z } from 'zod';
import { type TrayItem, trayItem } from './tray-item.ts';

/** A panel's tray: the StatusNotifierWatcher and its one host. */
export type TrayHost = {
  /** The icons that are registered now. */
  items(): TrayItem[];
  /** The first icon, as soon as there is one. */
  waitForItem(withinMs?: number): Promise<TrayItem>;
  stop(): Promise<void>;
};

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const propertiesInterface = 'org.freedesktop.DBus.Properties';

/**
 * Plays the tray of a desktop panel on the bus at `address`, since Xvfb has none: applications find the watcher by its name,
 * register their icon with it, and are asked for its picture, words and menu.
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/)
 */
export async function startTrayHost(address: string): Promise<TrayHost> {
  const bus = sessionBus({ busAddress: address });
  await new Promise<void>((resolve, reject) => {
    bus.on('connect', () => resolve());
    bus.on('error', reject);
  });
  const items = new Map<string, { owner: string; item: TrayItem }>();
  const waiting = new Set<() => void>();
  const stopWatching = await onNameLost(bus, (name) => {
    for (const [key, { owner }] of items) if (owner === name || key.startsWith(`${name}/`)) items.delete(key);
  });

  const register = (sender: string, serviceOrPath: string) => {
    const service = serviceOrPath.startsWith('/') ? sender : serviceOrPath;
    const path = serviceOrPath.startsWith('/') ? serviceOrPath : '/StatusNotifierItem';
    items.set(`${service}${path}`, { owner: sender, item: trayItem(bus, service, path) });
    bus.send(Message.newSignal(watcherPath, watcherName, 'StatusNotifierItemRegistered', 's', [`${service}${path}`]));
    for (const wake of waiting) wake();
  };
  const properties = () => ({
    RegisteredStatusNotifierItems: new Variant('as', [...items.keys()]),
    IsStatusNotifierHostRegistered: new Variant('b', true),
    ProtocolVersion: new Variant('i', 0),
  });

  bus.addMethodHandler((message: Message): boolean => {
    if (message.path !== watcherPath) return false;
    const answer = answerTo(message, register, properties);
    if (answer) bus.send(answer);
    return answer !== undefined;
  });
  await bus.requestName(watcherName, 0);

  const first = () => items.values().next().value?.item;
  return {
    items: () => [...items.values()].map(({ item }) => item),
    waitForItem: (withinMs = 15_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const item = first();
          if (!item) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(item);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no tray icon was registered within ${withinMs} ms`));
        }, withinMs);
        waiting.add(look);
        look();
      }),
    stop: async () => {
      stopWatching();
      bus.disconnect();
    },
  };
}

function answerTo(
  message: Message,
  register: (sender: string, serviceOrPath: string) => void,
  properties: () => Record<string, Variant>,
): Message | undefined {
  const words = z.array(z.string()).safeParse(message.body).data ?? [];
  const [first = '', second = ''] = words;
  switch (`${message.interface}.${message.member}`) {
    case `${watcherName}.RegisterStatusNotifierItem`:
      register(message.sender, first);
      return Message.newMethodReturn(message);
    case `${watcherName}.RegisterStatusNotifierHost`:
      return Message.newMethodReturn(message);
    case `${propertiesInterface}.Get`: {
      const value = properties()[second];
      return value && Message.newMethodReturn(message, 'v', [value]);
    }
    case `${propertiesInterface}.GetAll`:
      return Message.newMethodReturn(message, 'a{sv}', [properties()]);
    default:
      return undefined;
  }
}

/** Calls back with each name that leaves the bus; resolves to the unsubscribe. */
async function onNameLost(bus: MessageBus, listener: (name: string) => void): Promise<() => void> {
  const rule = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'";
  await bus.call(
    new Message({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'AddMatch',
      signature: 's',
      body: [rule],
    }),
  );
  const onMessage = (message: Message) => {
    if (message.member !== 'NameOwnerChanged') return;
    const changed = z.tuple([z.string(), z.string(), z.string()]).safeParse(message.body);
    if (changed.success && changed.data[2] === '') listener(changed.data[0]);
  };
  bus.on('message', onMessage);
  return () => void bus.off('message', onMessage);
}
