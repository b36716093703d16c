import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { openExternal } from '../../host/host.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import styles from './accounts.module.css';
import { usePlatformWords } from './use-platform-words.ts';

/** The way to what the form asks for: the steps, the app manifest to copy, and what each permission is for. */
export const SignInGuide = ({ platform }: { readonly platform: PlatformView }) => {
  const { t } = useTranslation();
  const words = usePlatformWords();
  const { steps, appManifest, portalUrl, permissions } = platform.signIn;
  return (
    <div className={styles.guide}>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{words(step)}</li>
        ))}
      </ol>
      {portalUrl === null ? null : (
        <div className={styles.actions}>
          <Button icon={<ExternalLink aria-hidden />} onClick={() => openExternal(portalUrl)}>
            {t('accounts.openPortal', { platform: platform.name })}
          </Button>
        </div>
      )}
      {appManifest === null ? null : <CopyText label={t('accounts.manifest')} text={appManifest} />}
      {permissions.length === 0 ? null : (
        <Disclosure title={t('accounts.permissions', { count: permissions.length })}>
          <dl className={styles.scopes}>
            {permissions.map(({ scope, required, purpose }) => (
              <div key={scope}>
                <dt>
                  <code>{scope}</code> {required ? null : <Badge>{t('accounts.scopeOptional')}</Badge>}
                </dt>
                <dd>{words(purpose)}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
    </div>
  );
};
