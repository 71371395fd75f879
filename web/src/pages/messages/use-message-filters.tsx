import { useTranslation } from 'react-i18next';
import { api, type FilterOf, useCan } from '../../api';
import {
  type ChoiceFilter,
  chatFilter,
  contactFilter,
  momentFilter,
  type QueryFilter,
  staffFilter,
} from '../../components/query-table';
import { ConversationTitle } from './conversation-title';

type Key = Exclude<FilterOf<'/messages'>, 'q' | 'department_id'>;

/** As WeCom names them, the common ones first. */
export const commonKinds = [
  ...(['text', 'image', 'voice', 'video', 'file', 'link', 'weapp', 'card', 'location', 'chatrecord'] as const),
  ...(['mixed', 'redpacket', 'external_redpacket', 'meeting', 'calendar', 'docmsg', 'vote', 'revoke'] as const),
];

export function useMessageFilters(): QueryFilter<Key>[] {
  const { t } = useTranslation('search');
  const { t: tm } = useTranslation('messages');
  const yes = (key: Key, label: string): ChoiceFilter<Key> => ({
    ...{ kind: 'choice', key, label },
    options: (['true', 'false'] as const).map((value) => ({ value, label: t(value) })),
  });
  const lists = useWordListFilter();
  return [
    staffFilter('userid', t('staff')),
    contactFilter('external_userid', t('external')),
    chatFilter('chat_id', t('chat')),
    staffFilter('sender', t('senderStaff')),
    momentFilter('from', t('from')),
    momentFilter('to', t('to')),
    {
      kind: 'choice',
      key: 'type',
      label: t('type'),
      options: commonKinds.map((value) => ({ value, label: tm(`kind.${value}`) })),
    },
    yes('has_media', t('hasMedia')),
    yes('recalled', t('recalled')),
    ...lists,
    {
      kind: 'custom',
      key: 'conversation_id',
      label: t('conversation'),
      editor: ({ value }) => <ConversationTitle id={value ?? ''} />,
      display: (id) => <ConversationTitle id={id} />,
    },
  ];
}

/** Word lists are the reviewers' own: others are not offered them. */
function useWordListFilter(): ChoiceFilter<Key>[] {
  const { t } = useTranslation('search');
  const enabled = useCan('archive:review');
  const { data } = api.useQuery(
    'get',
    '/archive/word-lists',
    { params: { query: { limit: 200 } } },
    { enabled, staleTime: 60_000, retry: false },
  );
  if (!data) return [];
  const options = data.items.map(({ id, name }) => ({ value: id, label: name }));
  return [{ kind: 'choice', key: 'word_list', label: t('wordList'), options }];
}
