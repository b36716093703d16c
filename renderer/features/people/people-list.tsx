import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeopleRow } from '../../selectors/people.ts';
import { setAttention } from '../../stores/attention.ts';
import { useNow } from '../../stores/now-store.ts';
import { setActive, usePeopleView } from '../../stores/people-view-store.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { activeKeyStep, neighbourOf, optionId } from './list-keys.ts';
import styles from './people-list.module.css';
import { PersonRow } from './person-row.tsx';

const rowEstimateRem = 3.0625;
const sectionEstimateRem = 1.75;

const rootFontPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** The list's keyboard, wherever the focus is: in the list or in the search above it. Answers whether it used the key. */
export const handleListKey = (
  event: KeyboardEvent,
  rows: readonly PeopleRow[],
  open: (contactId: string) => void,
): boolean => {
  const { activeId } = usePeopleView.getState();
  if (event.key === 'Enter') {
    const target = neighbourOf(rows, activeId, 0);
    if (target === null) return false;
    event.preventDefault();
    open(target);
    return true;
  }
  const step = activeKeyStep(event.key);
  if (step === null) return false;
  event.preventDefault();
  setActive(neighbourOf(rows, activeId, step));
  return true;
};

/** The person whose row was pressed. */
const contactAt = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-contact]')?.getAttribute('data-contact') ?? null) : null;

/**
 * People in parts, drawn only where they are on screen. A listbox: arrows, Home, End, Page keys and Enter work from the list
 * and from the search; screen readers hear position and size.
 */
export const PeopleList = ({
  rows,
  selectedId,
  onOpen,
  before,
}: {
  readonly rows: readonly PeopleRow[];
  readonly selectedId: string | null;
  readonly onOpen: (contactId: string) => void;
  readonly before?: ReactNode;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const activeId = usePeopleView((state) => state.activeId);
  const scroller = useRef<HTMLDivElement | null>(null);
  const font = rootFontPx();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'section' ? sectionEstimateRem : rowEstimateRem) * font,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : row.kind === 'section' ? row.section : row.contact.id;
    },
    overscan: 6,
  });

  const activeIndex = rows.findIndex((row) => row.kind === 'person' && row.contact.id === activeId);
  const activeAt = useRef(activeIndex);
  activeAt.current = activeIndex;
  useEffect(() => {
    // Only when the keyboard moved: rows that change around the active one must not scroll the list.
    if (activeId !== null && activeAt.current >= 0) virtualizer.scrollToIndex(activeAt.current, { align: 'auto' });
  }, [activeId, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const visible = items.flatMap(({ index }) => {
    const row = rows[index];
    return row?.kind === 'person' ? [row.contact.id] : [];
  });
  useEffect(() => setAttention('list', visible), [visible]);
  useEffect(() => () => setAttention('list', []), []);

  const people = rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + (row.kind === 'person' ? 1 : 0), 0);
  let position = 0;
  const positions = rows.map((row) => (row.kind === 'person' ? ++position : 0));
  return (
    <div ref={scroller} className={styles.scroller}>
      {before}
      <div
        role="listbox"
        tabIndex={0}
        aria-label={t('people.list')}
        aria-activedescendant={activeIndex >= 0 && activeId !== null ? optionId(activeId) : undefined}
        className={styles.list}
        style={{ blockSize: virtualizer.getTotalSize() }}
        onKeyDown={(event) => handleListKey(event, rows, onOpen)}
        onClick={(event) => {
          const id = contactAt(event.target);
          if (id === null) return;
          setActive(id);
          onOpen(id);
        }}
        onFocus={() => {
          if (activeIndex < 0) setActive(selectedId ?? neighbourOf(rows, null, 0));
        }}
      >
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const place = {
            key,
            ref: virtualizer.measureElement,
            'data-index': index,
            className: styles.item,
            // Moved, not laid out anew: a list that changes its order shifts nothing else.
            style: { transform: `translateY(${start}px)` },
          };
          if (row.kind === 'section') {
            return (
              <div {...place} key={key} role="presentation">
                <div className={styles.section} aria-hidden>
                  <span>{t(`people.section.${row.section}`)}</span>
                  <span className="numeric">{formats.number(row.count)}</span>
                </div>
              </div>
            );
          }
          const { contact } = row;
          return (
            <div
              {...place}
              key={key}
              id={optionId(contact.id)}
              role="option"
              tabIndex={-1}
              aria-selected={contact.id === selectedId}
              aria-posinset={positions[index]}
              aria-setsize={people}
              data-contact={contact.id}
            >
              <PersonRow
                contact={contact}
                now={now}
                active={contact.id === activeId}
                selected={contact.id === selectedId}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
};
