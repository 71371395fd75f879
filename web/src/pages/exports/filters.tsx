import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ArchiveExport } from '../../api';
import { ContactName, GroupChatName, StaffName } from '../../components/names';
import { conversationPath } from '../../lib/paths';
import { exactTime } from '../../lib/time';
import { ConversationTitle } from '../messages/conversation-title';
import styles from './exports.module.css';

/** More conversations than this are only counted. */
const mostNamed = 5;

interface Props {
  filters: ArchiveExport['filters'];
  /** All on one line, for a table. */
  inline?: boolean;
}

/** What narrows an export or a hold, a line each. */
export function Filters({ filters, inline = false }: Props) {
  const { t } = useTranslation('archiveExports');
  const { conversation_ids: ids = [], userid, external_userid, chat_id, from, to } = filters;
  if (Object.keys(filters).length === 0) return t('everything');
  return (
    <ul className={inline ? styles.inline : styles.filters}>
      {ids.slice(0, mostNamed).map((id) => (
        <li key={id}>
          {t('conversation')}{' '}
          <Link to={conversationPath(id)} onClick={(event) => event.stopPropagation()}>
            <ConversationTitle id={id} />
          </Link>
        </li>
      ))}
      {ids.length > mostNamed && <li>{t('moreConversations', { count: ids.length - mostNamed })}</li>}
      {userid && (
        <li>
          {t('staff')} <StaffName userid={userid} />
        </li>
      )}
      {external_userid && (
        <li>
          {t('external')} <ContactName externalUserid={external_userid} />
        </li>
      )}
      {chat_id && (
        <li>
          {t('chat')} <GroupChatName chatId={chat_id} />
        </li>
      )}
      {from && (
        <li>
          {t('from')} {exactTime(from).slice(0, 16)}
        </li>
      )}
      {to && (
        <li>
          {t('to')} {exactTime(to).slice(0, 16)}
        </li>
      )}
    </ul>
  );
}
