import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linkContacts, resolveContact, setFavourite } from '../../../renderer/stores/contact-commands.ts';
import { useContactsStore } from '../../../renderer/stores/mirrors.ts';
import { createFakeApi } from '../support/fake-api.ts';
import { contact, member } from '../support/team.ts';

const known = (id: string) => useContactsStore.getState().items.get(id);

describe('what one does to people', () => {
  const now = Date.parse('2026-03-02T12:00:00Z');

  beforeEach(() => {
    const api = createFakeApi({ people: 8, now });
    vi.stubGlobal('fetch', (address: string, init?: RequestInit) =>
      api.handle(new Request(`http://localhost${address}`, init)),
    );
    const people = Array.from({ length: 8 }, (_, index) => member(index, now));
    useContactsStore.setState({ items: new Map(people.map((person) => [person.id, person])), phase: 'ready' });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('shows a favourite at once', async () => {
    const done = setFavourite(member(5, now), true);
    expect(known('c_5')?.favourite).toBe(true);
    await done;
    expect(known('c_5')?.favourite).toBe(true);
  });

  it('takes a favourite back when it could not be kept, and leaves what changed meanwhile', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    const done = setFavourite(member(5, now), true);
    const items = new Map(useContactsStore.getState().items);
    items.set('c_5', { ...member(5, now), favourite: true, status: 'busy' });
    useContactsStore.setState({ items });
    await expect(done).rejects.toMatchObject({ code: 'unreachable' });
    expect(known('c_5')).toMatchObject({ favourite: false, status: 'busy' });
  });

  it('leaves one person of two that are linked', async () => {
    await linkContacts(['c_0', 'c_5']);
    expect(known('c_5')).toBeUndefined();
    expect(known('c_0')?.name).toBe('Ada Byron');
  });

  it('finds who answers for somebody linked away, and knows who is gone', async () => {
    const merged = { type: 'x', title: 'x', status: 404, code: 'merged', detail: 'Linked.', mergedInto: 'c_2' };
    vi.stubGlobal('fetch', async () => Response.json(merged, { status: 404 }));
    expect(await resolveContact('c_9')).toBe('c_2');
    const { mergedInto: _, ...gone } = { ...merged, code: 'not-found' };
    vi.stubGlobal('fetch', async () => Response.json(gone, { status: 404 }));
    expect(await resolveContact('c_9')).toBeNull();
    vi.stubGlobal('fetch', async () => Response.json(contact({ id: 'c_9' })));
    expect(await resolveContact('c_9')).toBe('c_9');
    expect(known('c_9')?.id).toBe('c_9');
  });
});
