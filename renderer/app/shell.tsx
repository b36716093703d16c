import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectionStore } from '../stores/connection-store.ts';
import { useNow } from '../stores/now-store.ts';
import { useFormats } from '../strings/use-formats.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { places } from './places.ts';
import { isWithin, navigate, usePath } from './router.ts';
import styles from './shell.module.css';
import { useShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';

const contentId = 'content';

/** Says that Muster does not answer, while what was known stays on screen. */
const ConnectionBanner = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const lost = useConnectionStore(({ state }) => state === 'lost');
  const lastLiveAt = useConnectionStore((state) => state.lastLiveAt);
  const shown = lost && lastLiveAt !== null;
  return (
    <div role="status" className={shown ? styles.banner : undefined}>
      {shown ? t('navigation.offlineNotice', { time: formats.moment(lastLiveAt, now) }) : null}
    </div>
  );
};

const NotFound = () => {
  const { t } = useTranslation();
  return (
    <>
      <h1 className="visually-hidden">{t('common.appName')}</h1>
      <EmptyState title={t('navigation.notFoundTitle')} text={t('navigation.notFoundText')}>
        <Button onClick={() => navigate('/people')}>{t('navigation.goToPeople')}</Button>
      </EmptyState>
    </>
  );
};

const CurrentPlace = ({ path }: { readonly path: string }): ReactNode => {
  // `/` becomes a place as soon as the preferences tell which; until then it looks like the usual one.
  const place = path === '/' ? places[0] : places.find((candidate) => isWithin(candidate.path, path));
  if (place === undefined) return <NotFound />;
  return (
    <ErrorBoundary key={place.id}>
      <Suspense>
        <place.Page />
      </Suspense>
    </ErrorBoundary>
  );
};

/** Who goes elsewhere by a button that is gone with its page begins at the content, and not at the top of the window again. */
const useFocusOnArrival = (path: string): void => {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    // The page may still be loaded; what it replaces is out of sight by the next frame.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById(contentId)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [path]);
};

/** The main window: navigation, connection, and the place that the path names. */
export const Shell = () => {
  const { t } = useTranslation();
  const path = usePath();
  useShortcuts();
  useFocusOnArrival(path);
  const here = places.find((place) => isWithin(place.path, path));
  const title = here === undefined ? t('common.appName') : `${t(`navigation.${here.id}`)} · ${t('common.appName')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={styles.root}>
      <a className={styles.skip} href={`#${contentId}`} onClick={skipToContent}>
        {t('navigation.skipToContent')}
      </a>
      <div className={styles.shell}>
        <Sidebar />
        <main id={contentId} tabIndex={-1} className={styles.content}>
          <ConnectionBanner />
          <div className={styles.view}>
            <CurrentPlace path={path} />
          </div>
        </main>
      </div>
    </div>
  );
};

const skipToContent = (event: { preventDefault: () => void }): void => {
  // The hash belongs to one-time links.
  event.preventDefault();
  document.getElementById(contentId)?.focus();
};
