import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Finding, usePassages } from '../../../api/findings';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import styles from '../findings.module.css';
import { PassageView } from './passage-view';

interface Props {
  finding: Finding;
  /** Ids of the messages the finding names. */
  named: readonly string[];
}

/** What was said around the messages a finding names. To look is an act of its own, and recorded. */
export function Said({ finding, named }: Props) {
  const { t } = useTranslation('findings');
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = usePassages(finding.id, isOpen);
  if (!isOpen) {
    return (
      <div className={styles.behind}>
        <p className={styles.quiet}>{t('chatBehind', { count: named.length })}</p>
        <Button icon={<EyeOutlined />} onClick={() => setOpen(true)}>
          {t('chatOpen')}
        </Button>
      </div>
    );
  }
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={10} />;
  if (data.length === 0) return <Note small>{t('chatNone')}</Note>;
  const shown = data.reduce((sum, { evidence }) => sum + evidence.length, 0);
  return (
    <div className={styles.passages}>
      {data.map((passage) => (
        <PassageView key={passage.conversation_id + passage.evidence[0]} passage={passage} userid={finding.userid} />
      ))}
      {shown < named.length && <p className={styles.quiet}>{t('chatNotAll', { all: named.length, shown })}</p>}
    </div>
  );
}
