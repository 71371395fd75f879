import { useCan } from '../../../api';
import type { SpotCheck } from '../../../api/spot-checks';
import { ConversationTitle } from '../../messages/conversation-title';

/** By its people for whoever may read the archive; others see its id. */
export function CheckedConversation({ conversation_id: id }: Pick<SpotCheck, 'conversation_id'>) {
  const mayRead = useCan('archive:read');
  return mayRead ? <ConversationTitle id={id} /> : <code>{id}</code>;
}
