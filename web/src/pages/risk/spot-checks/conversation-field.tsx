import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api';
import { useConversationTitle } from '../../conversations/conversation-name';

interface Props {
  /** Whose conversations; without somebody there is nothing to choose. */
  userid: string | undefined;
  id?: string;
  value?: string;
  onChange?(next: string): void;
}

/** One of the newest conversations of a member of staff with people outside. */
export function ConversationField({ userid, id, value, onChange }: Props) {
  const { t } = useTranslation('spotChecks');
  const titleOf = useConversationTitle();
  const query = { params: { query: { userid: userid ?? '', limit: 200 } } };
  const found = api.useQuery('get', '/conversations', query, { enabled: userid !== undefined });
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      disabled={userid === undefined}
      loading={found.isFetching}
      placeholder={t(userid === undefined ? 'staffFirst' : 'pickConversation')}
      value={value ?? null}
      onChange={(next) => next && onChange?.(next)}
      options={(found.data?.items ?? [])
        .filter(({ peer_userid }) => peer_userid === null)
        .map((conversation) => ({ value: conversation.id, label: titleOf(conversation) }))}
    />
  );
}
