import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, segmentAfter, usePath } from '../../app/router.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PersonDetail } from '../person/person-detail.tsx';
import { SamePersonLink, SamePersonPanel, samePersonSegment } from '../same-person/same-person-panel.tsx';
import { PeopleFilters } from './people-filters.tsx';
import { PeopleList } from './people-list.tsx';
import styles from './people-page.module.css';
import { PeopleSearch } from './people-search.tsx';
import { goToAccounts, NobodyShown, SyncProgress } from './people-states.tsx';
import { usePeopleRows } from './use-people-rows.ts';

const openPerson = (id: string): void => navigate(`/people/${encodeURIComponent(id)}`);

const NobodyChosen = () => {
  const { t } = useTranslation();
  return <EmptyState title={t('people.chooseTitle')} text={t('people.chooseText')} />;
};

/** People: the list, and the chosen person beside it; one above the other where there is no room for both. */
export const PeoplePage = () => {
  const { t } = useTranslation();
  const selectedId = segmentAfter('/people', usePath());
  const rows = usePeopleRows();
  const page = useRef<HTMLDivElement | null>(null);
  const shownBefore = useRef(selectedId);
  useEffect(() => {
    if (shownBefore.current === selectedId) return;
    shownBefore.current = selectedId;
    // In a narrow window the part that had the focus is gone with every change of view; the other one takes it.
    if (document.activeElement !== document.body) return;
    page.current?.querySelector<HTMLElement>(selectedId === null ? '[role="listbox"]' : '[data-person]')?.focus();
  }, [selectedId]);
  return (
    <div ref={page} className={styles.container}>
      <h1 className="visually-hidden">{t('people.title')}</h1>
      <div className={classNames(styles.columns, selectedId !== null && styles.chosen)}>
        <section className={styles.list} aria-label={t('people.list')} data-keyboard-list>
          <div className={styles.head}>
            <PeopleSearch rows={rows} onOpen={openPerson} />
            <PeopleFilters />
            <SamePersonLink />
          </div>
          <SyncProgress />
          {rows.length === 0 ? (
            <NobodyShown onConnect={goToAccounts} />
          ) : (
            <PeopleList rows={rows} selectedId={selectedId} onOpen={openPerson} />
          )}
        </section>
        <div className={styles.detail} tabIndex={-1} data-person>
          {selectedId === null ? (
            <NobodyChosen />
          ) : (
            <>
              <div className={styles.back}>
                <Button
                  variant="ghost"
                  icon={<ArrowLeft aria-hidden className={styles.arrow} />}
                  onClick={() => navigate('/people')}
                >
                  {t('person.back')}
                </Button>
              </div>
              {selectedId === samePersonSegment ? (
                <SamePersonPanel />
              ) : (
                <PersonDetail key={selectedId} id={selectedId} />
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
};
