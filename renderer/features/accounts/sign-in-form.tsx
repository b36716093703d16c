import { type SubmitEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { createAccount, patchAccount } from '../../stores/account-commands.ts';
import { errorWords } from '../../strings/error-words.ts';
import { ApiError } from '../../transport/api-error.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './accounts.module.css';
import type { FormField } from './settings-form.ts';
import { addressPath, fieldOfProblem, readEntered, signInFields } from './sign-in-draft.ts';
import { usePlatformWords } from './use-platform-words.ts';

const useFieldWords = (platform: PlatformView): ((field: FormField) => { label: string; hint: string | null }) => {
  const { t } = useTranslation();
  const words = usePlatformWords();
  return (field) => {
    if (field.path === addressPath) return { label: t('accounts.address'), hint: t('accounts.addressHint') };
    if (platform.id === 'slack' && field.key === 'apiUrl') {
      return { label: t('accounts.apiUrl'), hint: field.hint === null ? null : words(field.hint) };
    }
    return { label: words(field.label), hint: field.hint === null ? null : words(field.hint) };
  };
};

/** A control of the form. Nothing that is typed into it is held in React: the browser's own field is read at submit. */
const SignInField = ({
  field,
  words,
  error,
}: {
  readonly field: FormField;
  readonly words: { readonly label: string; readonly hint: string | null };
  readonly error: string | undefined;
}) => {
  const { t } = useTranslation();
  if (field.kind === 'boolean') {
    return (
      <label className={styles.check}>
        <input type="checkbox" name={field.path} value="true" />
        <span>
          {words.label}
          {words.hint === null ? null : <span className={styles.hint}>{words.hint}</span>}
          {error === undefined ? null : <span className={styles.bad}>{error}</span>}
        </span>
      </label>
    );
  }
  return (
    <TextField
      name={field.path}
      type={field.kind === 'password' ? 'password' : 'text'}
      label={field.required ? words.label : t('accounts.optional', { label: words.label })}
      hint={words.hint}
      error={error}
      aria-required={field.required}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      mono={field.kind !== 'text' || field.path === addressPath}
    />
  );
};

const enteredIn = (form: HTMLFormElement): ReadonlyMap<string, string> => {
  const entered = new Map<string, string>();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') entered.set(name, value);
  return entered;
};

/** An XMPP account is called by its address: two servers may know one under the same name. */
const nameOf = ({ settings: { username, domain } }: { readonly settings: Record<string, unknown> }) =>
  typeof username === 'string' && typeof domain === 'string' ? { label: `${username}@${domain}` } : {};

/** Where a sign-in leads: to a new account, or to an account that signs in again with secrets alone. */
export type SignInTarget = { readonly platform: PlatformView; readonly accountId: string | null };

/**
 * The guided sign-in's form, from what the platform itself says that it needs. The core checks what is entered with the
 * platform before it keeps anything; what is wrong stands at its field. Secrets are read once, at submit, and wiped from
 * their fields when the form leaves the page.
 */
export const SignInForm = ({
  target: { platform, accountId },
  onDone,
  onCancel,
}: {
  readonly target: SignInTarget;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}) => {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement | null>(null);
  const wordsOf = useFieldWords(platform);
  const fields = useMemo(() => signInFields(platform, accountId !== null), [platform, accountId]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const advancedWrong = fields.advanced.some(({ path }) => errors.has(path));

  useEffect(() => {
    const element = form.current;
    return () => element?.reset();
  }, []);

  const show = (found: ReadonlyMap<string, string>): void => {
    setErrors(found);
    const first = [...found.keys()][0];
    const control = first === undefined ? null : form.current?.elements.namedItem(first);
    if (control instanceof HTMLElement) requestAnimationFrame(() => control.focus());
  };
  const fail = (error: unknown): void => {
    const found = new Map<string, string>();
    for (const { path, message } of error instanceof ApiError ? error.fields : []) {
      const field = fieldOfProblem(fields, path);
      if (field !== null) found.set(field, message);
    }
    setProblem(errorWords(error));
    show(found);
    // Where no field is at fault, what went wrong may stand above what is on screen.
    if (found.size === 0) {
      requestAnimationFrame(() => form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' }));
    }
  };
  const submit = async (element: HTMLFormElement): Promise<void> => {
    if (busy) return;
    const read = readEntered(fields, enteredIn(element));
    setProblem(null);
    if (!read.ok) {
      show(new Map([...read.problems].map(([path, kind]) => [path, t(`accounts.problem.${kind}`)])));
      return;
    }
    setErrors(new Map());
    setBusy(true);
    try {
      if (accountId === null)
        await createAccount({ platform: platform.id, settings: read.settings, secrets: read.secrets, ...nameOf(read) });
      else await patchAccount(accountId, { secrets: read.secrets });
      element.reset();
      onDone();
    } catch (error) {
      fail(error);
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      noValidate
      className={styles.form}
      aria-label={t('accounts.signInTo', { platform: platform.name })}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
      {fields.plain.map((field) => (
        <SignInField key={field.path} field={field} words={wordsOf(field)} error={errors.get(field.path)} />
      ))}
      {fields.advanced.length === 0 ? null : (
        <Disclosure title={t('accounts.advanced')} open={advancedWrong}>
          {fields.advanced.map((field) => (
            <SignInField key={field.path} field={field} words={wordsOf(field)} error={errors.get(field.path)} />
          ))}
        </Disclosure>
      )}
      <p className={styles.hint}>{t('accounts.secretPromise')}</p>
      <div className={styles.actions}>
        <Button type="submit" variant="primary" busy={busy}>
          {busy ? t('accounts.checking', { platform: platform.name }) : t('accounts.signIn')}
        </Button>
        {onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </form>
  );
};
