import { ChevronDown, Star, Tags } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type PeopleFilter, sameFilter } from '../../selectors/people.ts';
import { setFilter, usePeopleView } from '../../stores/people-view-store.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Chip } from '../../ui/chip.tsx';
import { Menu, MenuRadioGroup } from '../../ui/menu.tsx';
import styles from './people-filters.module.css';
import { usePeopleCounts } from './use-people-rows.ts';

/** Everyone, available, favourites, groups: one of them is on. */
export const PeopleFilters = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const counts = usePeopleCounts();
  const filter = usePeopleView((state) => state.filter);
  const chip = (wanted: PeopleFilter) => ({
    on: sameFilter(filter, wanted),
    onClick: () => setFilter(sameFilter(filter, wanted) ? { kind: 'everyone' } : wanted),
  });
  const group = filter.kind === 'group' ? filter.group : null;
  return (
    <fieldset className={styles.filters} aria-label={t('people.filters')}>
      <Chip {...chip({ kind: 'everyone' })}>{t('people.everyone')}</Chip>
      <Chip {...chip({ kind: 'available' })} count={counts.available}>
        {t('people.available')}
      </Chip>
      <Chip {...chip({ kind: 'favourites' })} icon={<Star aria-hidden />} count={counts.favourites}>
        <span className="visually-hidden">{t('people.favourites')}</span>
      </Chip>
      {counts.groups.length === 0 ? null : (
        <Menu
          align="end"
          label={t('people.groups')}
          trigger={
            <Chip on={group !== null} icon={<Tags aria-hidden />}>
              <span className={group === null ? 'visually-hidden' : undefined}>{group ?? t('people.groups')}</span>
              <ChevronDown aria-hidden />
            </Chip>
          }
        >
          <MenuRadioGroup
            value={group ?? ''}
            options={counts.groups.map((each) => ({
              value: each.group,
              label: (
                <>
                  <span className={styles.group}>{each.group}</span>
                  <span className="numeric">{formats.number(each.count)}</span>
                </>
              ),
            }))}
            onChange={(chosen) => setFilter({ kind: 'group', group: chosen })}
          />
        </Menu>
      )}
    </fieldset>
  );
};
