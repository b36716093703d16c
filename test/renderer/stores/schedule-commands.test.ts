import { afterEach, describe, expect, it, vi } from 'vitest';
import { useSchedulesStore } from '../../../renderer/stores/mirrors.ts';
import { editSchedule, fieldsOf, useScheduleDrafts } from '../../../renderer/stores/schedule-commands.ts';
import { schedule } from '../support/fake-features.ts';

/** Requests that are answered when the test says so. */
const heldRequests = () => {
  const held: { readonly name: string; readonly answer: (status?: number) => void }[] = [];
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    const fields: unknown = JSON.parse(String(init.body));
    const name = typeof fields === 'object' && fields !== null && 'name' in fields ? String(fields.name) : '';
    const status = await new Promise<number>((resolve) => {
      held.push({ name, answer: (given = 200) => resolve(given) });
    });
    const problem = { type: 'about:blank', title: 'x', status, code: 'invalid', detail: 'No.' };
    return Response.json(status === 200 ? schedule({ name }) : problem, { status });
  });
  return held;
};

const named = (name: string) => fieldsOf(schedule({ name }));
const draft = () => useScheduleDrafts.getState().drafts.get('s_1')?.name;

describe('changing a schedule', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('shows every change at once, and sends the last one alone when others were overtaken', async () => {
    const held = heldRequests();
    const done = editSchedule('s_1', named('first'));
    void editSchedule('s_1', named('second'));
    void editSchedule('s_1', named('third'));
    expect(draft()).toBe('third');
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]?.answer();
    await vi.waitFor(() => expect(held).toHaveLength(2));
    // What the core answered to the first must not show over what was painted since.
    expect(draft()).toBe('third');
    held[1]?.answer();
    await done;
    expect(held.map(({ name }) => name)).toEqual(['first', 'third']);
    expect(draft()).toBeUndefined();
    expect(useSchedulesStore.getState().items.get('s_1')?.name).toBe('third');
  });

  it('shows what the core holds again when a change is refused', async () => {
    useSchedulesStore.setState({ items: new Map([['s_1', schedule({ name: 'kept' })]]), phase: 'ready' });
    const held = heldRequests();
    const done = editSchedule('s_1', named('refused'));
    const failed = expect(done).rejects.toMatchObject({ code: 'invalid' });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]?.answer(422);
    await failed;
    expect(draft()).toBeUndefined();
    expect(useSchedulesStore.getState().items.get('s_1')?.name).toBe('kept');
  });
});
