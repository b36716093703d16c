import { ChevronDown, Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type PeopleFilter, sameFilter } from '../../selectors/people.ts';
import { setFilter, usePeopleView } from '../../stores/people-view-store.ts';
import { Chip } from '../../ui/chip.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import styles from './people-filters.module.css';
import { usePeopleCounts } from './use-people-rows.ts';

/** How many groups have a chip of their own; the others are in a menu. */
const groupChips = 2;

/** Everyone, available, favourites, groups: one of them is on. */
export const PeopleFilters = () => {
  const { t } = useTranslation();
  const counts = usePeopleCounts();
  const filter = usePeopleView((state) => state.filter);
  const chip = (wanted: PeopleFilter) => ({
    on: sameFilter(filter, wanted),
    onClick: () => setFilter(sameFilter(filter, wanted) ? { kind: 'everyone' } : wanted),
  });
  const leading = counts.groups.slice(0, groupChips);
  const chosen = filter.kind === 'group' && !leading.some(({ group }) => group === filter.group) ? [filter.group] : [];
  const rest = counts.groups.slice(groupChips).filter(({ group }) => !chosen.includes(group));
  return (
    <fieldset className={styles.filters} aria-label={t('people.filters')}>
      <Chip {...chip({ kind: 'everyone' })}>{t('people.everyone')}</Chip>
      <Chip {...chip({ kind: 'available' })} count={counts.available}>
        {t('people.available')}
      </Chip>
      <Chip {...chip({ kind: 'favourites' })} icon={<Star aria-hidden />} count={counts.favourites}>
        <span className="visually-hidden">{t('people.favourites')}</span>
      </Chip>
      {[...leading.map(({ group }) => group), ...chosen].map((group) => (
        <Chip key={group} {...chip({ kind: 'group', group })}>
          {group}
        </Chip>
      ))}
      {rest.length === 0 ? null : (
        <Menu
          align="end"
          trigger={
            <Chip aria-label={t('people.moreGroups')}>
              <ChevronDown aria-hidden />
            </Chip>
          }
        >
          {rest.map(({ group, count }) => (
            <MenuItem key={group} onSelect={() => setFilter({ kind: 'group', group })}>
              <span className={styles.group}>{group}</span>
              <span className="numeric">{count}</span>
            </MenuItem>
          ))}
        </Menu>
      )}
    </fieldset>
  );
};
