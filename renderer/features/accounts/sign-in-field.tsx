import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './accounts.module.css';
import { namedChoices, namedFields } from './named-fields.ts';
import type { FormField } from './settings-form.ts';
import { addressPath } from './sign-in-draft.ts';

/** What stands at a field. */
export type SignInFieldWords = { readonly label: string; readonly hint: string | null };

/** Label and hint of a field: the platform's own, or ours for the settings that several platforms share. */
export const useFieldWords = (platform: PlatformView): ((field: FormField) => SignInFieldWords) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  return (field) => {
    if (field.path === addressPath) return { label: t('accounts.address'), hint: t('accounts.addressHint') };
    const hint = field.hint === null ? null : words(field.hint);
    const named = field.titled ? undefined : namedFields.find((key) => key === field.key);
    if (platform.id === 'slack' && named === 'apiUrl') return { label: t('accounts.apiUrl'), hint };
    return { label: named === undefined ? words(field.label) : t(`accounts.field.${named}`), hint };
  };
};

/** A control of the form. Nothing that is typed into it is held in React: the browser's own field is read at submit. */
export const SignInField = ({
  field,
  words,
  error,
  value = '',
}: {
  readonly field: FormField;
  /** What is in it at first, as `shownOf` writes it. */
  readonly value?: string;
  readonly words: SignInFieldWords;
  readonly error: string | undefined;
}) => {
  const { t } = useTranslation();
  const platformWords = useCoreWords();
  const choiceWords = (choice: string): string => {
    const named = namedChoices.find((known) => known === choice);
    return named === undefined ? platformWords(choice) : t(`accounts.choiceOf.${named}`);
  };
  const label = field.required ? words.label : t('accounts.optional', { label: words.label });
  switch (field.kind) {
    case 'boolean':
      return (
        <label className={styles.check}>
          <input type="checkbox" name={field.path} value="true" defaultChecked={value === 'true'} />
          <span>
            {words.label}
            {words.hint === null ? null : <span className={styles.hint}>{words.hint}</span>}
            {error === undefined ? null : <span className={styles.bad}>{error}</span>}
          </span>
        </label>
      );
    case 'choice':
      return (
        <Field label={label} hint={words.hint} error={error}>
          {(control) => (
            <select {...control} name={field.path} defaultValue={value} aria-required={field.required}>
              <option value="">{t(field.required ? 'accounts.choose' : 'accounts.usual')}</option>
              {field.choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choiceWords(choice)}
                </option>
              ))}
            </select>
          )}
        </Field>
      );
    default:
      return (
        <TextField
          name={field.path}
          defaultValue={value}
          type={field.kind === 'password' ? 'password' : 'text'}
          {...(field.kind === 'number' ? { inputMode: 'numeric' as const } : {})}
          label={label}
          hint={
            field.kind === 'list' ? (
              <>
                {words.hint} {t('accounts.several')}
              </>
            ) : (
              words.hint
            )
          }
          error={error}
          aria-required={field.required}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          mono={field.kind !== 'text' || field.path === addressPath}
        />
      );
  }
};
