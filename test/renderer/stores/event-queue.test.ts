import { describe, expect, it } from 'vitest';
import { createEventQueue } from '../../../renderer/stores/event-queue.ts';
import type { MusterEvent } from '../../../src/contract/index.ts';
import { contact } from '../support/team.ts';

const event = (id: number): MusterEvent => ({ id, event: 'contact', data: contact({ id: `c_${id}` }) });

const setUp = () => {
  const batches: number[][] = [];
  const frames: (() => void)[] = [];
  const queue = createEventQueue(
    (events) => batches.push(events.map(({ id }) => id)),
    (run) => {
      frames.push(run);
      return () => undefined;
    },
  );
  return { batches, frames, queue };
};

describe('the event queue', () => {
  it('delivers a burst once a frame, in order', () => {
    const { batches, frames, queue } = setUp();
    for (const id of [1, 2, 3]) queue.push(event(id));
    expect(frames).toHaveLength(1);
    frames[0]?.();
    queue.push(event(4));
    frames[1]?.();
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('holds events while a snapshot is loaded, and delivers them right after it', () => {
    const { batches, frames, queue } = setUp();
    queue.push(event(1));
    queue.hold();
    frames[0]?.();
    queue.push(event(2));
    expect(batches).toEqual([]);
    queue.release();
    expect(batches).toEqual([[1, 2]]);
  });

  it('forgets what an older stream brought', () => {
    const { batches, queue } = setUp();
    queue.hold();
    queue.push(event(1));
    queue.clear();
    queue.release();
    expect(batches).toEqual([]);
  });
});
