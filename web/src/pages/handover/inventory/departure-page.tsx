import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useCan } from '../../../api';
import { type Departure, useDeparture } from '../../../api/departures';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { Person } from '../../../components/person';
import styles from '../handover.module.css';
import { ContactsTab } from './contacts-tab';
import { DepartureActions } from './departure-actions';
import { DepartureFacts } from './departure-facts';
import { GroupChatsTab } from './group-chats-tab';
import { SubjectsTab } from './subjects-tab';

const contents = { contacts: ContactsTab, groups: GroupChatsTab, subjects: SubjectsTab };
const order = ['contacts', 'groups', 'subjects'] as const;

/** One departure: everything that is still theirs, and what became of the rest. */
export function DeparturePage() {
  const { t } = useTranslation('handoverDesk');
  const { id = '' } = useParams();
  const may = useCan('handovers:read');
  const { data, error, refetch } = useDeparture(id);
  if (!may) return <NoAccess />;
  if (data) return <Known key={id} departure={data} />;
  return (
    <>
      <PageHeader title={t('board')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
    </>
  );
}

function Known({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const [params, setParams] = useSearchParams();
  const tab = order.find((key) => key === params.get('tab')) ?? 'contacts';
  const Content = contents[tab];
  const { userid, name, avatar, departments, position, counts } = departure;
  const held = {
    contacts: counts.external_contacts.movable + counts.external_contacts.apart,
    groups: counts.group_chats.owned,
    subjects: counts.subjects,
  };
  const detail = [...departments.map((one) => one.name), position].filter(Boolean).join(' · ');
  return (
    <>
      <PageHeader
        title={name ?? userid}
        heading={<Person id={userid} name={name} avatar={avatar} size={32} />}
        note={detail}
        actions={<DepartureActions departure={departure} />}
      />
      <div className={styles.stack}>
        <DepartureFacts departure={departure} />
        <div>
          <Tabs
            activeKey={tab}
            onChange={(next) => setParams(next === 'contacts' ? {} : { tab: next })}
            items={order.map((key) => ({ key, label: t(`tab.${key}`, { n: held[key].toLocaleString() }) }))}
          />
          <Content key={tab} departure={departure} />
        </div>
      </div>
    </>
  );
}
