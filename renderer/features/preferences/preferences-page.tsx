import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

/** The page of this place. */
export const PreferencesPage = () => {
  const { t } = useTranslation();
  return <Page title={t('preferences.title')}>{null}</Page>;
};
