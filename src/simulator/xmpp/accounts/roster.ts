import { NS } from '../namespaces.ts';
import { element, type XmlElement } from '../xml/element.ts';

/** One contact in a roster (RFC 6121 §2.1.2). `to`: I see theirs; `from`: they see mine. */
export interface RosterItem {
  readonly jid: string;
  name: string | undefined;
  groups: readonly string[];
  to: boolean;
  from: boolean;
  /** My own subscription request waits for an answer. */
  ask: boolean;
}

/** The `subscription` attribute. */
export function subscriptionOf(item: RosterItem): 'none' | 'to' | 'from' | 'both' {
  if (item.to) return item.from ? 'both' : 'to';
  return item.from ? 'from' : 'none';
}

/** The item as `<item/>`. */
export function rosterElement(item: RosterItem): XmlElement {
  return element(
    NS.roster,
    'item',
    { jid: item.jid, name: item.name, subscription: subscriptionOf(item), ask: item.ask ? 'subscribe' : undefined },
    ...item.groups.map((group) => element(NS.roster, 'group', {}, group)),
  );
}
