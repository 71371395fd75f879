import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { type HeldMessages, type SpotCheck, useListedCheck, useOpenedCheck } from '../../../../api/spot-checks';
import { FaultNote } from '../../../../components/fault-note';
import { Loading } from '../../../../components/loading';
import { Note } from '../../../../components/note';
import { PageHeader } from '../../../../components/page-header';
import { Panel } from '../../../../components/panel';
import { conversationPath } from '../../../../lib/paths';
import findingStyles from '../../../findings/findings.module.css';
import styles from '../../risk.module.css';
import { CheckState } from '../check-state';
import { CheckFacts } from './check-facts';
import { Held } from './held';
import { ResultForm } from './result-form';

/** One conversation, and what a device must show of it. */
export function SpotCheckPage() {
  const { id = '' } = useParams();
  return <Known key={id} id={id} />;
}

function Known({ id }: { id: string }) {
  const { t } = useTranslation('spotChecks');
  const [isOpen, setOpen] = useState(false);
  const listed = useListedCheck(id);
  const { data, held, error, refetch } = useOpenedCheck(id, isOpen);
  const check = data ?? listed.check;
  return (
    <>
      <PageHeader
        title={t('one', { id })}
        note={check && <CheckState state={check.state} />}
        actions={<Link to="/risk/spot-checks">{t('toList')}</Link>}
      />
      {listed.error && !check && <FaultNote error={listed.error} onRetry={() => void listed.refetch()} small />}
      <div className={styles.stack}>
        {check && (
          <Panel title={t('facts')}>
            <CheckFacts check={check} />
          </Panel>
        )}
        {listed.isAbsent && (
          <Panel>
            <Note title={t('absent')}>{t('absentHint')}</Note>
          </Panel>
        )}
        {!isOpen && !listed.isAbsent && <Behind onOpen={() => setOpen(true)} />}
        {isOpen && !held && (
          <Panel title={t('held')}>
            {error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={8} />}
          </Panel>
        )}
        {data && held && <Comparison check={data} held={held} onReload={() => void refetch()} />}
      </div>
    </>
  );
}

function Behind({ onOpen }: { onOpen(): void }) {
  const { t } = useTranslation('spotChecks');
  return (
    <Panel title={t('held')}>
      <div className={findingStyles.behind}>
        <p className={styles.quiet}>{t('behind')}</p>
        <Button type="primary" icon={<EyeOutlined />} onClick={onOpen}>
          {t('open')}
        </Button>
      </div>
    </Panel>
  );
}

interface ComparisonProps {
  check: SpotCheck;
  held: HeldMessages;
  onReload(): void;
}

/** What is ticked among the messages is what the form tells to be missing. */
function Comparison({ check, held, onReload }: ComparisonProps) {
  const { t } = useTranslation('spotChecks');
  const [missing, setMissing] = useState<readonly string[]>([]);
  const navigate = useNavigate();
  const isOpen = check.state === 'open';
  const toggle = (id: string) =>
    setMissing((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  return (
    <div className={findingStyles.page}>
      <Panel
        title={t('held')}
        extra={<span className={styles.quiet}>{t('count', { n: held.messages.toLocaleString() })}</span>}
      >
        <p className={styles.quiet}>{t(isOpen ? 'compareHint' : 'comparedHint')}</p>
        <Held
          held={held}
          userid={check.userid}
          missing={check.result?.missing ?? missing}
          onJump={(id) => void navigate(conversationPath(check.conversation_id, id))}
          {...(isOpen ? { onToggle: toggle } : {})}
        />
      </Panel>
      {isOpen && (
        <Panel title={t('result')}>
          <ResultForm id={check.id} missing={missing} onReload={onReload} />
        </Panel>
      )}
    </div>
  );
}
