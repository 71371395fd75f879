import { useTranslation } from 'react-i18next';
import type { FoundMessage } from '../../api';
import { Person } from '../../components/person';
import type { QueryColumn } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { useWord } from '../../lib/use-word';
import { Hit } from './hit';

/** `query`: what was looked for, to be marked. */
export function useFoundColumns(query: string): QueryColumn<FoundMessage>[] {
  const { t } = useTranslation('search');
  const kindOf = useWord('messages');
  return [
    { key: 'sent_at', title: t('sentAt'), width: 130, render: ({ sent_at }) => <TimeText at={sent_at} /> },
    {
      key: 'from',
      title: t('sender'),
      width: 180,
      render: ({ from, from_name }) => <Person id={from ?? ''} name={from_name} size={20} />,
    },
    { key: 'hit', title: t('message'), width: 600, render: (message) => <Hit message={message} query={query} /> },
    {
      key: 'where',
      title: t('where'),
      width: 90,
      render: ({ chat_id }) => t(chat_id ? 'group' : 'single'),
    },
    {
      key: 'type',
      title: t('type'),
      width: 110,
      hidden: true,
      render: ({ type }) => kindOf(`kind.${type}`) ?? type,
    },
    { key: 'id', title: t('number'), width: 110, hidden: true, render: ({ id }) => id },
  ];
}
