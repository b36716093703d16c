import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownTimeZone } from '../../strings/format.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { deviceZone } from './use-schedules.ts';

/** Every zone that this browser knows, by name. */
const allZones = (): readonly string[] => Intl.supportedValuesOf('timeZone');

/** The zone that hours are meant in: the computer's own wherever it is, or a named one, found by typing a part of it. */
export const ZoneField = ({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (zone: string) => void;
}) => {
  const { t } = useTranslation();
  const listId = useId();
  const device = deviceZone();
  const [text, setText] = useState(value === 'device' ? device : value);
  const known = knownTimeZone(text.trim()) !== undefined;
  return (
    <>
      <Checkbox
        label={t('schedule.zoneDevice')}
        hint={t('schedule.zoneDeviceHint', { zone: device })}
        checked={value === 'device'}
        onChange={(checked) => onChange(checked ? 'device' : text.trim())}
      />
      {value === 'device' ? null : (
        <>
          <TextField
            label={t('schedule.zone')}
            list={listId}
            value={text}
            spellCheck={false}
            autoComplete="off"
            hint={t('schedule.zoneHint')}
            error={known ? undefined : t('schedule.zoneUnknown')}
            onChange={(next) => {
              setText(next);
              onChange(next.trim());
            }}
          />
          <datalist id={listId}>
            {allZones().map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </>
  );
};
