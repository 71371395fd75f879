import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Difference } from '../../api';
import { Facts } from '../../components/facts';
import { DifferenceStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { AcceptLoss } from './accept-loss';
import { DifferenceAbout } from './difference-about';
import { DifferenceDetail } from './difference-detail';
import { RunTitle } from './run-drawer';
import styles from './sync.module.css';
import { useExplanation } from './words';

export function DifferenceDetails({ difference }: { difference: Difference }) {
  const { t } = useTranslation('sync');
  const explain = useExplanation();
  return (
    <div className={styles.details}>
      <Facts
        items={[
          { label: t('who'), value: <DifferenceAbout difference={difference} /> },
          { label: t('state'), value: <DifferenceStateTag state={difference.state} /> },
          { label: t('explanation'), value: explain(difference) },
          { label: t('foundAt'), value: <TimeText at={difference.found_at} /> },
          { label: t('settledAt'), value: <TimeText at={difference.settled_at} /> },
          {
            label: t('run'),
            value: (
              <Link to={`/sync?open=${encodeURIComponent(difference.run_id)}`}>
                <RunTitle id={difference.run_id} />
              </Link>
            ),
          },
        ]}
      />
      <section>
        <h3 className={styles.heading}>{t('detail')}</h3>
        <DifferenceDetail detail={difference.detail} />
      </section>
      <AcceptLoss difference={difference} />
    </div>
  );
}
