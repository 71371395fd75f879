import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, useCan } from '../../../api';
import type { Finding } from '../../../api/findings';
import { Loading } from '../../../components/loading';
import { Panel } from '../../../components/panel';
import { newHandoverPath } from '../../../lib/paths';
import styles from '../findings.module.css';

/** WeCom moves a customer only from somebody who still has them. */
const held = ['active', 'unassigned', 'deleted_by_external'];

type Pair = Finding & { userid: string; external_userid: string };

/** Whether it is about somebody's customer: then another may look after them from now on. */
export const isOfCustomer = (finding: Finding): finding is Pair =>
  finding.userid !== null && finding.external_userid !== null;

/** Leads to the plan that gives the customer to another; where nothing is left to give, says what helps instead. */
export function HandOn({ finding: { id, userid, external_userid } }: { finding: Pair }) {
  const { t } = useTranslation('findings');
  const may = useCan('handovers:manage');
  const seesRelations = useCan('relations:read');
  const navigate = useNavigate();
  const query = { params: { query: { userid, external_userid, limit: 1 } } };
  const { data, isLoading } = api.useQuery('get', '/relations', query, { enabled: may && seesRelations });
  if (!may) return null;
  if (isLoading) {
    return (
      <Panel>
        <Loading rows={2} />
      </Panel>
    );
  }
  const state = data?.items[0]?.state;
  const isOver = state !== undefined && !held.includes(state);
  const lead = (contacts: string[]) => void navigate(newHandoverPath({ from: [userid], contacts, finding: id }));
  return (
    <Panel title={t('handOnTitle')}>
      <div className={styles.handOn}>
        <span className={styles.quiet}>{t(isOver ? 'handOnOver' : 'handOnHint')}</span>
        {!isOver && (
          <Button type="primary" icon={<SwapOutlined />} onClick={() => lead([external_userid])}>
            {t('handOn')}
          </Button>
        )}
        <Button icon={<SwapOutlined />} onClick={() => lead([])}>
          {t('handOnOthers')}
        </Button>
      </div>
    </Panel>
  );
}
