import { useTranslation } from 'react-i18next';
import type { AccountHealthView, PlatformView } from '../../../src/contract/index.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './accounts.module.css';

const Step = ({ text, url }: { readonly text: string; readonly url: string }) => {
  const parts = text.split('{url}');
  return (
    <li>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places.
        <span key={index}>
          {part}
          {index === parts.length - 1 ? null : <code className={styles.code}>{url}</code>}
        </span>
      ))}
    </li>
  );
};

/** Public addresses are https; without a proxy in front Muster answers on this machine alone. */
const isOnThisMachine = (url: string): boolean => URL.parse(url)?.protocol === 'http:';

/** Where the platform sends its events, folded away since it is needed once, and the steps to tell it so. */
export const InboundAddress = ({
  health: { webhookUrl, push },
  platform,
}: {
  readonly health: AccountHealthView;
  readonly platform: PlatformView | undefined;
}) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  const inbound = platform?.inbound ?? null;
  if (inbound === null || platform === undefined) return null;
  return (
    <Section title={t('accounts.inbound.title')}>
      <p>{words(inbound.purpose)}</p>
      {webhookUrl === null ? (
        <p className={styles.hint}>{t(`accounts.inbound.${push.state === 'up' ? 'otherwise' : 'noAddress'}`)}</p>
      ) : (
        <Disclosure title={t('accounts.inbound.show')}>
          <p className={styles.hint}>
            {t(`accounts.inbound.${isOnThisMachine(webhookUrl) ? 'onThisMachine' : 'proven'}`)}
          </p>
          <CopyText label={t('accounts.inbound.address')} text={webhookUrl} />
          {inbound.steps.length === 0 ? (
            <p className={styles.hint}>{t('accounts.inbound.byItself', { platform: platform.name })}</p>
          ) : (
            <ol className={styles.steps}>
              {inbound.steps.map((step) => (
                <Step key={step} text={words(step)} url={webhookUrl} />
              ))}
            </ol>
          )}
        </Disclosure>
      )}
    </Section>
  );
};
