import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

/** The page of this place. */
export const FirstRunPage = () => {
  const { t } = useTranslation();
  return <Page title={t('firstRun.title')}>{null}</Page>;
};
