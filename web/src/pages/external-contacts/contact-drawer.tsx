import { useTranslation } from 'react-i18next';
import { api } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import styles from './external-contacts.module.css';
import { ChatList } from './person/chat-list';
import { ContactFacts } from './person/contact-facts';
import { RelationStates } from './person/relation-states';
import { tagsOf } from './relations';
import { AllTags } from './tag-chips';

/** The short form of the person's page. */
export function ContactDrawer({ externalUserid }: { externalUserid: string }) {
  const { t } = useTranslation('externalContacts');
  const path = { params: { path: { external_userid: externalUserid } } };
  const { data: contact, error, refetch } = api.useQuery('get', '/external-contacts/{external_userid}', path);
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} small />;
  if (!contact) return <Loading rows={8} />;
  return (
    <div className={styles.sections}>
      <section>
        <h3 className={styles.heading}>{t('relations')}</h3>
        {contact.relations.length > 0 ? (
          <RelationStates relations={contact.relations} />
        ) : (
          <Note small>{t('noFollowers')}</Note>
        )}
      </section>
      <section>
        <h3 className={styles.heading}>{t('tags')}</h3>
        <AllTags tags={tagsOf(contact.relations)} />
      </section>
      <section>
        <h3 className={styles.heading}>{t('facts')}</h3>
        <ContactFacts contact={contact} />
      </section>
      <section>
        <h3 className={styles.heading}>{t('groupChats')}</h3>
        <ChatList chats={contact.group_chats} />
      </section>
    </div>
  );
}
