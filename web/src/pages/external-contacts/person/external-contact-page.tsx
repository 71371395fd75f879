import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, type ExternalContactDetail, invalidate, useLive } from '../../../api';
import { Cut } from '../../../components/cut';
import { ExternalPerson } from '../../../components/external-person';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { isCurrent } from '../relations';
import { ChatList } from './chat-list';
import { Collaborators } from './collaborators';
import { ContactFacts } from './contact-facts';
import { ContactHistory } from './contact-history';
import styles from './person.module.css';
import { Privacy } from './privacy';
import { RelationFacts } from './relation-facts';
import { RelationStates } from './relation-states';

/** One external contact: what is known, what happened, who follows. */
export function ExternalContactPage() {
  const { t } = useTranslation('externalContacts');
  const { id = '' } = useParams();
  const path = { params: { path: { external_userid: id } } };
  const { data: contact, error, refetch } = api.useQuery('get', '/external-contacts/{external_userid}', path);
  useNews(id);
  if (contact) return <Person contact={contact} />;
  return (
    <>
      <PageHeader title={t('title')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
    </>
  );
}

/** An event about this person that has been handled: what is on screen may be old. */
function useNews(externalUserid: string): void {
  useLive('inbox', ({ external_userid, state }) => {
    if (external_userid !== externalUserid || state !== 'done') return;
    invalidate('/external-contacts/{external_userid}', '/external-contacts/{external_userid}/history');
  });
}

function Person({ contact }: { contact: ExternalContactDetail }) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const shown = { name: contact.erased_at ? tc('erased') : contact.name, corp_name: null, erased_at: null };
  const followers = contact.relations.filter(isCurrent).length;
  const following = followers > 0 ? t('current', { count: followers }) : t('ended');
  return (
    <>
      <PageHeader
        title={contact.name || contact.external_userid}
        heading={<ExternalPerson contact={{ ...contact, ...shown }} link={false} size={32} />}
        note={<Cut text={[contact.corp_name, following].filter(Boolean).join(' · ')} />}
      />
      <div className={styles.page}>
        <div className={styles.column}>
          <Panel title={t('facts')}>
            <ContactFacts contact={contact} />
          </Panel>
          {contact.relations.length > 0 && (
            <Panel title={t('relationFacts')}>
              <RelationFacts relations={contact.relations} />
            </Panel>
          )}
        </div>
        <Panel title={t('timeline')} className={styles.middle}>
          <ContactHistory externalUserid={contact.external_userid} />
        </Panel>
        <div className={styles.column}>
          <Panel title={t('relations')}>
            {contact.relations.length > 0 ? (
              <RelationStates relations={contact.relations} />
            ) : (
              <Note small>{t('noFollowers')}</Note>
            )}
          </Panel>
          <Collaborators externalUserid={contact.external_userid} />
          <Panel title={t('groupChats')}>
            <ChatList chats={contact.group_chats} />
          </Panel>
          <Privacy contact={contact} />
        </div>
      </div>
    </>
  );
}
