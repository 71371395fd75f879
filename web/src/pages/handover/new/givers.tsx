import { PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api';
import { Panel } from '../../../components/panel';
import { StaffListSelect } from '../../../components/query-table';
import { useContactsAnd } from '../parts/use-counts';
import styles from './new.module.css';
import type { SectionProps } from './new-page';

/** As many as fit beside each other without drowning the field. */
const mostOffered = 6;

/** Whose contacts and groups are given away: leavers are offered first, anybody may be found. */
export function Givers({ draft: { givers }, change }: SectionProps) {
  const { t } = useTranslation('handoverPlans');
  return (
    <Panel title={t('giversTitle')}>
      <Form.Item label={t('from')} htmlFor="givers" extra={t('giversHint')} className={styles.tight ?? ''}>
        <StaffListSelect id="givers" value={givers} onChange={(next) => change({ givers: next })} />
      </Form.Item>
      <Leavers givers={givers} onAdd={(userid) => change({ givers: [...givers, userid] })} />
    </Panel>
  );
}

function Leavers({ givers, onAdd }: { givers: string[]; onAdd(userid: string): void }) {
  const { t } = useTranslation('handoverPlans');
  const sumOf = useContactsAnd();
  const left = api.useQuery('get', '/departures', { params: { query: { state: 'left', limit: 50 } } });
  const planned = api.useQuery('get', '/departures', { params: { query: { state: 'planned', limit: 50 } } });
  const offered = [...(left.data?.items ?? []), ...(planned.data?.items ?? [])]
    .filter(({ userid, counts }) => !givers.includes(userid) && counts.external_contacts.movable + owned(counts) > 0)
    .slice(0, mostOffered);
  if (offered.length === 0) return null;
  return (
    <div className={styles.offers}>
      <span className={styles.quiet}>{t('giversQuick')}</span>
      {offered.map(({ userid, name, counts, state }) => (
        <Button key={userid} size="small" icon={<PlusOutlined />} onClick={() => onAdd(userid)}>
          <bdi>{name || userid}</bdi>
          <span className={styles.quiet}>
            {state === 'planned' && `${t('plannedLeave')} · `}
            {sumOf(counts.external_contacts.movable, owned(counts))}
          </span>
        </Button>
      ))}
    </div>
  );
}

const owned = ({ group_chats }: { group_chats: { owned: number } }): number => group_chats.owned;
