import { Bell, CalendarClock, type LucideIcon, Plug, Settings, Users } from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** One place of the main window: its path, its words (a key of `navigation`), its icon and its page, loaded when first shown. */
export type Place = {
  readonly id: 'people' | 'alerts' | 'schedule' | 'accounts' | 'preferences';
  readonly path: string;
  readonly icon: LucideIcon;
  readonly Page: LazyExoticComponent<ComponentType>;
};

/** The navigation, in its order. A new feature is one entry here and one word in `strings/<language>/navigation.ts`. */
export const places: readonly Place[] = [
  {
    id: 'people',
    path: '/people',
    icon: Users,
    Page: lazy(async () => ({ default: (await import('../features/people/people-page.tsx')).PeoplePage })),
  },
  {
    id: 'alerts',
    path: '/alerts',
    icon: Bell,
    Page: lazy(async () => ({ default: (await import('../features/alerts/alerts-page.tsx')).AlertsPage })),
  },
  {
    id: 'schedule',
    path: '/schedule',
    icon: CalendarClock,
    Page: lazy(async () => ({ default: (await import('../features/schedule/schedule-page.tsx')).SchedulePage })),
  },
  {
    id: 'accounts',
    path: '/accounts',
    icon: Plug,
    Page: lazy(async () => ({ default: (await import('../features/accounts/accounts-page.tsx')).AccountsPage })),
  },
  {
    id: 'preferences',
    path: '/preferences',
    icon: Settings,
    Page: lazy(async () => ({
      default: (await import('../features/preferences/preferences-page.tsx')).PreferencesPage,
    })),
  },
];

/** Views without the navigation around them, by path. */
export const bareViews: readonly { readonly path: string; readonly Page: LazyExoticComponent<ComponentType> }[] = [
  {
    path: '/popover',
    Page: lazy(async () => ({ default: (await import('../features/popover/popover-page.tsx')).PopoverPage })),
  },
  {
    path: '/welcome',
    Page: lazy(async () => ({ default: (await import('../features/first-run/first-run-page.tsx')).FirstRunPage })),
  },
  {
    path: '/sign-in',
    Page: lazy(async () => ({ default: (await import('../features/accounts/sign-in-page.tsx')).SignInPage })),
  },
];
