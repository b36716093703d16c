import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

/** The page of this place. */
export const AccountsPage = () => {
  const { t } = useTranslation();
  return <Page title={t('accounts.title')}>{null}</Page>;
};
