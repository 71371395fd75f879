import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../api/findings';
import { Panel } from '../../../components/panel';
import styles from '../findings.module.css';

const lost = ['CUSTOMER_DELETED_BY_STAFF', 'CUSTOMER_MISSING'];

/** Whether a customer has lost whoever looked after them. */
export const isOfLostCustomer = ({ detector, external_userid }: Finding): boolean =>
  external_userid !== null && lost.includes(detector);

/** A quiet place for the act that the handover brings. */
export function HandOn() {
  const { t } = useTranslation('findings');
  return (
    <Panel>
      <div className={styles.handOn}>
        <Button disabled icon={<SwapOutlined />}>
          {t('handOn')}
        </Button>
        <span className={styles.quiet}>{t('handOnHint')}</span>
      </div>
    </Panel>
  );
}
