import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type ItemOf, type Rule } from '../../../../api';
import { useActorName } from '../../../../components/audit-words';
import { FaultNote } from '../../../../components/fault-note';
import { Loading } from '../../../../components/loading';
import { Panel } from '../../../../components/panel';
import { StateTag } from '../../../../components/state-tag';
import { TimeText } from '../../../../components/time-text';
import { fieldsOf, type RuleFields } from '../rule-words';
import styles from '../rules.module.css';
import { useSentence } from '../use-sentence';

interface Props {
  rule: Rule;
  /** Something in the form is not saved, and would be lost. */
  isChanged: boolean;
  onTake?: (version: number, fields: RuleFields) => void;
}

/** Every version with what it said: a finding names the version that found it. */
export function Versions({ rule, isChanged, onTake }: Props) {
  const { t } = useTranslation('rules');
  const path = { params: { path: { id: rule.id } } };
  const { data, error, refetch } = api.useQuery('get', '/rules/{id}/versions', path);
  return (
    <Panel title={t('versions')}>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {!data && !error && <Loading rows={3} />}
      <ol>
        {data?.items.map((one) => (
          <li key={one.version} className={styles.row}>
            <Version one={one} rule={rule} />
            {onTake && one.version !== rule.version && (
              <Take version={one.version} isChanged={isChanged} onTake={() => onTake(one.version, fieldsOf(one))} />
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Take({ version, isChanged, onTake }: { version: number; isChanged: boolean; onTake(): void }) {
  const { t } = useTranslation('rules');
  const label = `${t('take')} ${t('versionOf', { version })}`;
  return (
    <Popconfirm title={label} description={t('reloadHint')} disabled={!isChanged} onConfirm={onTake}>
      <Button size="small" aria-label={label} {...(isChanged ? {} : { onClick: onTake })}>
        {t('take')}
      </Button>
    </Popconfirm>
  );
}

function Version({ one, rule }: { one: ItemOf<'/rules/{id}/versions'>; rule: Rule }) {
  const { t } = useTranslation('rules');
  const nameOf = useActorName();
  const { sentence } = useSentence();
  const who = one.actor === 'start' ? t('byProduct') : nameOf(one);
  return (
    <div className={styles.rowWords}>
      <div className={styles.rowHead}>
        <span>{t('versionOf', { version: one.version })}</span>
        {rule.state === 'on' && one.version === rule.live_version && <StateTag tone="active">{t('live')}</StateTag>}
        {one.version === rule.version && <StateTag tone="neutral">{t('newest')}</StateTag>}
        <span className={styles.quiet}>
          {who} · <TimeText at={one.created_at} />
        </span>
      </div>
      <div className={styles.quiet}>{sentence(one)}</div>
    </div>
  );
}
