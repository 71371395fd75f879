import { TeamOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api';
import { Cut } from '../../components/cut';
import { Person } from '../../components/person';
import styles from './conversations.module.css';

/** "李雷 与 陈小满", or the name of the group; ids stand in for names that nobody knows. */
export function useConversationTitle(): (conversation: Conversation) => string {
  const { t } = useTranslation('conversations');
  return (conversation) => {
    if (conversation.kind === 'group') return conversation.name ?? t('unnamedGroup');
    return sidesOf(conversation)
      .map(({ id, name }) => name ?? id)
      .join(` ${t('with')} `);
  };
}

type People = Conversation['people'];

/** Those of a single chat, ours first. */
export function sidesOf({ people, userid }: Pick<Conversation, 'people' | 'userid'>): People {
  return [...people].sort((a, b) => Number(b.id === userid) - Number(a.id === userid));
}

export function ConversationName({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const title = useConversationTitle()(conversation);
  if (conversation.kind === 'group') {
    return (
      <span className={styles.name}>
        <span className={styles.groupMark} aria-hidden>
          <TeamOutlined />
        </span>
        <Cut text={title} />
      </span>
    );
  }
  const [ours, theirs] = sidesOf(conversation);
  return (
    <span className={styles.name} title={title}>
      {ours && <Person id={ours.id} name={ours.name} size={20} />}
      {theirs && (
        <>
          <span className={styles.quiet}>{t('with')}</span>
          <Person id={theirs.id} name={theirs.name} size={20} />
        </>
      )}
    </span>
  );
}
