import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Approval } from '../../api';
import { externalContactPath } from '../../components/external-person';
import { StaffName } from '../../components/names';
import { TimeText } from '../../components/time-text';
import { listFrom, textOf } from '../../lib/detail';
import { staffPath } from '../../lib/paths';
import { useRoleWords } from '../../lib/use-role-words';
import { useWord } from '../../lib/use-word';
import { ConversationTitle } from '../messages/conversation-title';

/** Acts whose payload holds ids only, or says nothing of how much it is about. */
const subjectTells = ['user.change_roles', 'archive.export', 'archive.release_hold', 'archive.purge'];

/** What is asked for, field by field: nothing of the payload is left out. */
export function usePayloadFacts({ payload, subject, action, reason }: Approval): { label: string; value: ReactNode }[] {
  const { t } = useTranslation('approvals');
  const { t: tc } = useTranslation();
  const wordOf = useWord('approvals');
  const kindOf = useWord('holds');
  const yesNo = useWord('search');
  const { nameOf } = useRoleWords();
  const separator = tc('listSeparator');
  const special: Readonly<Record<string, (value: unknown) => ReactNode>> = {
    roles: (value) => listFrom(value).map(nameOf).join(separator),
    conversation_ids: (value) => <Conversations ids={listFrom(value)} />,
    kind: (value) => kindOf(`kind.${textOf(value) || 'all'}`) ?? textOf(value),
  };
  const shownOf = (name: string, value: unknown): ReactNode => {
    const show = special[name];
    if (show) return show(value);
    if (typeof value === 'boolean') return yesNo(String(value));
    if (typeof value === 'string') return textShown(name, value);
    return listFrom(value).join(separator);
  };
  const fields = Object.entries(payload)
    // Usually the same words as those of the request, which stand above.
    .filter(([name, value]) => name !== 'reason' || value !== reason)
    .map(([name, value]) => ({ label: wordOf(`field.${name}`) ?? name, value: shownOf(name, value) }));
  if (!subjectTells.includes(action)) return fields;
  return [{ label: t('subject'), value: subjectShown(action, subject, t) }, ...fields];
}

/** Whoever decides sees whose conversations they are; their messages are none of the request. */
function Conversations({ ids }: { ids: string[] }) {
  const { t } = useTranslation();
  return ids.map((id, place) => (
    <span key={id} title={id}>
      {place > 0 && t('listSeparator')}
      <ConversationTitle id={id} />
    </span>
  ));
}

/** How much an act is about, in words; the subject as it is where it holds no figures. */
function subjectShown(action: string, subject: string, t: TFunction<'approvals'>): string {
  const [, messages, conversations] = /^(\d+)(?: messages| \/ (\d+)$)/.exec(subject) ?? [];
  const count = Number(messages).toLocaleString();
  if (messages && action === 'archive.export') return t('exported', { messages: count });
  if (!conversations || action !== 'archive.purge') return subject;
  return t('purged', { messages: count, conversations: Number(conversations).toLocaleString() });
}

/** Ids lead to whom they mean. */
function textShown(name: string, text: string): ReactNode {
  if (['expires_at', 'as_of', 'from', 'to'].includes(name)) return <TimeText at={text} />;
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
