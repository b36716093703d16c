import { type Account, availableResources } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import { type RosterItem, rosterElement } from '../accounts/roster.ts';
import { NS } from '../namespaces.ts';
import { element, type XmlElement } from '../xml/element.ts';
import { fullOf, type PresenceRouter } from './presence-router.ts';
import { addressed } from './stanza-error.ts';

/** The types of presence that change who sees whom (RFC 6121 §3). */
export type SubscriptionType = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed';

let pushes = 0;

/** Tells every interested client of the account about one roster item (RFC 6121 §2.1.6). */
export function pushRoster(account: Account, item: XmlElement): void {
  for (const resource of account.resources.values()) {
    if (!resource.interested) continue;
    pushes += 1;
    const query = element(NS.roster, 'query', {}, item);
    resource.deliver(
      element(NS.client, 'iq', { type: 'set', id: `push-${pushes}`, to: fullOf(account, resource) }, query),
    );
  }
}

/** Carries out one subscription stanza from `account` to `to`, on both rosters. */
export function changeSubscription(
  directory: Directory,
  presence: PresenceRouter,
  account: Account,
  type: SubscriptionType,
  stanza: XmlElement,
  to: string,
): void {
  if (to === account.bare) return;
  const target = directory.byAddress(to);
  const sent = addressed(stanza, account.bare, to);
  const mine = type === 'subscribe' || type === 'subscribed' ? directory.item(account, to) : account.roster.get(to);
  const theirs = target?.roster.get(account.bare);
  switch (type) {
    case 'subscribe': {
      if (mine && !mine.to && !mine.ask) {
        mine.ask = true;
        pushRoster(account, rosterElement(mine));
      }
      if (target === undefined) {
        tell(account, element(NS.client, 'presence', { from: to, to: account.bare, type: 'unsubscribed' }));
        break;
      }
      if (theirs?.from) {
        approve(account, mine, target, presence);
        break;
      }
      if (!target.requests.has(account.bare)) {
        target.requests.add(account.bare);
        tell(target, sent);
      }
      break;
    }
    case 'subscribed': {
      if (target === undefined || !target || !account.requests.delete(to) || mine === undefined) break;
      mine.from = true;
      pushRoster(account, rosterElement(mine));
      approve(target, target.roster.get(account.bare), account, presence);
      break;
    }
    case 'unsubscribe': {
      if (mine) {
        mine.to = false;
        mine.ask = false;
        pushRoster(account, rosterElement(mine));
      }
      if (target === undefined) break;
      target.requests.delete(account.bare);
      if (!theirs?.from) break;
      theirs.from = false;
      tell(target, sent);
      pushRoster(target, rosterElement(theirs));
      goneFor(presence, target, account);
      break;
    }
    case 'unsubscribed': {
      const asked = account.requests.delete(to);
      if (!asked && !mine?.from) break;
      if (mine?.from) {
        mine.from = false;
        pushRoster(account, rosterElement(mine));
        if (target) goneFor(presence, account, target);
      }
      if (target === undefined || theirs === undefined) break;
      theirs.to = false;
      theirs.ask = false;
      tell(target, sent);
      pushRoster(target, rosterElement(theirs));
      break;
    }
  }
}

/** `target` lets `asker` see its presence: the asker is told, its roster changes, and presence flows. */
function approve(asker: Account, item: RosterItem | undefined, target: Account, presence: PresenceRouter): void {
  if (item === undefined) return;
  item.to = true;
  item.ask = false;
  tell(asker, element(NS.client, 'presence', { from: target.bare, to: asker.bare, type: 'subscribed' }));
  pushRoster(asker, rosterElement(item));
  for (const resource of availableResources(target)) {
    if (resource.presence) presence.toAddress(resource.presence, asker.bare);
  }
}

/** `watcher` sees `account` no longer. */
function goneFor(presence: PresenceRouter, account: Account, watcher: Account): void {
  for (const resource of availableResources(account)) {
    const from = fullOf(account, resource);
    presence.toAddress(element(NS.client, 'presence', { from, type: 'unavailable' }), watcher.bare);
  }
}

function tell(account: Account, stanza: XmlElement): void {
  for (const resource of availableResources(account)) resource.deliver(stanza);
}
