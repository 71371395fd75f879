import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Approval } from '../../api';
import { externalContactPath } from '../../components/external-person';
import { StaffName } from '../../components/names';
import { TimeText } from '../../components/time-text';
import { staffPath } from '../../lib/paths';
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
    if (typeof value === 'string') return textShown(name, value);
    return value === null ? null : textOf(value);
  };
  const fields = Object.entries(payload)
    .filter(([name]) => name !== 'reason')
    .map(([name, value]) => ({ label: wordOf(`field.${name}`) ?? name, value: shownOf(name, value) }));
  return action === 'user.change_roles' ? [{ label: t('subject'), value: subject }, ...fields] : fields;
}

/** Ids lead to whom they mean. */
function textShown(name: string, text: string): ReactNode {
  if (name === 'expires_at') return <TimeText at={text} />;
  if (name === 'userid') {
    return (
      <Link to={staffPath(text)}>
        <StaffName userid={text} />
      </Link>
    );
  }
  if (name === 'external_userid') return <Link to={externalContactPath(text)}>{text}</Link>;
  return text;
}
