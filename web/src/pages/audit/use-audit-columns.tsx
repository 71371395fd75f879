import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api';
import { useActionName, useActorName } from '../../components/audit-words';
import { Cut } from '../../components/cut';
import type { QueryColumn } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { ResultTag, SealedTag } from './marks';
import { Target } from './target';

export function useAuditColumns(): QueryColumn<AuditEvent>[] {
  const { t } = useTranslation('audit');
  const actionOf = useActionName();
  const actorOf = useActorName();
  return [
    { key: 'at', title: t('at'), width: 130, render: ({ at }) => <TimeText at={at} /> },
    { key: 'actor', title: t('actor'), width: 200, render: (event) => <Cut text={actorOf(event)} /> },
    { key: 'action', title: t('action'), width: 220, render: ({ action }) => <Cut text={actionOf(action)} /> },
    { key: 'target', title: t('target'), render: (event) => <Target event={event} /> },
    { key: 'result', title: t('result'), width: 110, render: ({ result }) => <ResultTag result={result} /> },
    { key: 'address', title: t('address'), width: 140, render: ({ address }) => <Code text={address} /> },
    { key: 'sealed', title: t('chain'), width: 110, render: (event) => <SealedTag event={event} /> },
    {
      key: 'reason',
      title: t('reason'),
      width: 240,
      hidden: true,
      render: ({ reason }) => reason && <Cut text={reason} />,
    },
    { key: 'code', title: t('code'), width: 200, hidden: true, render: ({ action }) => <Code text={action} /> },
    { key: 'id', title: t('number'), width: 100, hidden: true, render: ({ id }) => id },
  ];
}

const Code = ({ text }: { text: string | null }) =>
  text ? (
    <Cut text={text}>
      <code>{text}</code>
    </Cut>
  ) : null;
