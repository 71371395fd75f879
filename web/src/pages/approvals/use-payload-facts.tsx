import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../api';
import { TimeText } from '../../components/time-text';
import { useRoleWords } from '../../lib/use-role-words';
import { useWord } from '../../lib/use-word';

/** What is asked for, field by field: nothing of the payload is left out. */
export function usePayloadFacts({ payload, subject, action }: Approval): { label: string; value: ReactNode }[] {
  const { t } = useTranslation('approvals');
  const { t: tc } = useTranslation();
  const wordOf = useWord('approvals');
  const { nameOf } = useRoleWords();
  const textOf = (value: unknown): string =>
    Array.isArray(value)
      ? value.map(textOf).join(tc('listSeparator'))
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  const shownOf = (name: string, value: unknown): ReactNode => {
    if (name === 'roles' && Array.isArray(value)) {
      return value.map((role) => nameOf(String(role))).join(tc('listSeparator'));
    }
    if (name === 'expires_at' && typeof value === 'string') return <TimeText at={value} />;
    return value === null ? null : textOf(value);
  };
  const fields = Object.entries(payload)
    .filter(([name]) => name !== 'reason')
    .map(([name, value]) => ({ label: wordOf(`field.${name}`) ?? name, value: shownOf(name, value) }));
  return action === 'user.change_roles' ? [{ label: t('subject'), value: subject }, ...fields] : fields;
}
