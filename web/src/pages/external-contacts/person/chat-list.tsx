import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExternalContactDetail } from '../../../api';
import { Cut } from '../../../components/cut';
import { StaffName } from '../../../components/names';
import { groupChatPath } from '../../../lib/paths';
import styles from './person.module.css';

/** The group chats the person is in, with their owners. */
export function ChatList({ chats }: { chats: ExternalContactDetail['group_chats'] }) {
  const { t } = useTranslation('externalContacts');
  if (chats.length === 0) return <span className={styles.quiet}>{t('groupChatsEmpty')}</span>;
  return (
    <ul className={styles.chats}>
      {chats.map(({ chat_id, name, owner }) => (
        <li key={chat_id} className={styles.chat}>
          <Link to={groupChatPath(chat_id)} className={styles.chatName}>
            <Cut text={name || t('groupChatUnnamed')} />
          </Link>
          <span className={styles.owner}>
            <StaffName userid={owner} />
          </span>
        </li>
      ))}
    </ul>
  );
}
