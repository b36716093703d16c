import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { openExternal } from '../../host/host.ts';
import { attempt } from '../../stores/attempt.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import styles from './accounts.module.css';
import type { SignInWay } from './sign-in-draft.ts';

const Permissions = ({ platform }: { readonly platform: PlatformView }) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  const { permissions } = platform.signIn;
  if (permissions.length === 0) return null;
  return (
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
      {platform.signIn.appManifest === null && platform.auth.includes('oauth') ? (
        <CopyText label={t('accounts.permissionList')} text={permissions.map(({ scope }) => scope).join('\n')} />
      ) : null}
    </Disclosure>
  );
};

/** The way to what the form asks for: the steps, the app manifest to copy, and what each permission is for. */
export const SignInGuide = ({
  platform,
  way,
  folded,
}: {
  readonly platform: PlatformView;
  readonly way: SignInWay;
  /** For who has been through it: it opens only when wanted. */
  readonly folded: boolean;
}) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  const { steps, oauthSteps, appManifest, portalUrl } = platform.signIn;
  const shown = way === 'browser' ? oauthSteps : steps;
  const guide = (
    <div className={styles.guide}>
      {shown.length === 0 ? null : (
        <ol className={styles.steps}>
          {shown.map((step) => (
            <li key={step}>{words(step)}</li>
          ))}
        </ol>
      )}
      {portalUrl === null ? null : (
        <div className={styles.actions}>
          <Button icon={<ExternalLink aria-hidden />} onClick={() => void attempt(() => openExternal(portalUrl))}>
            {t('accounts.openPortal', { site: new URL(portalUrl).host })}
          </Button>
        </div>
      )}
      {appManifest === null ? null : <CopyText label={t('accounts.manifest')} text={appManifest} />}
      <Permissions platform={platform} />
    </div>
  );
  return folded ? <Disclosure title={t('accounts.guide', { platform: platform.name })}>{guide}</Disclosure> : guide;
};
