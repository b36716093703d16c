import { useTranslation } from 'react-i18next';
import { useConnectionStore } from '../../stores/connection-store.ts';
import { usePreferencesStore } from '../../stores/mirrors.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { AuditTrail } from '../audit/audit-trail.tsx';
import { AboutSection } from './about-section.tsx';
import { AlertsSection } from './alerts-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DesktopSection } from './desktop-section.tsx';
import { PresetsSection } from './presets-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { SecretsSection } from './secrets-section.tsx';

const Content = () => {
  const { t } = useTranslation();
  const preferences = usePreferencesStore((state) => state.preferences);
  const lost = useConnectionStore(({ state }) => state === 'lost');
  if (preferences === null) {
    return lost ? (
      <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />
    ) : (
      <SkeletonRows label={t('common.loading')} />
    );
  }
  return (
    <>
      <AppearanceSection preferences={preferences} />
      <AlertsSection preferences={preferences} />
      <DesktopSection preferences={preferences} />
      <PresetsSection />
      <SecretsSection />
      <AuditTrail accountId={null} />
      <PrivacySection />
      <AboutSection firstRunDone={preferences.firstRun === 'done'} />
    </>
  );
};

/** Preferences: what can be chosen, where secrets are, privacy, and how Muster itself is. */
export const PreferencesPage = () => {
  const { t } = useTranslation();
  return (
    <Page title={t('preferences.title')}>
      <Content />
    </Page>
  );
};
