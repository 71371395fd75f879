import { useTranslation } from 'react-i18next';
import { type ArchiveErasure, listOf } from '../../api';
import { Cut } from '../../components/cut';
import { PersonLink } from '../../components/person-link';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { StateTag, type Tone } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import styles from './holds.module.css';

const source = listOf('/archive/erasures');
const states = ['queued', 'purged', 'restricted'] as const;
const tones: Record<ArchiveErasure['state'], Tone> = { queued: 'active', purged: 'neutral', restricted: 'person' };

/** People who were to be forgotten, and what a hold still keeps of them. */
export function ErasuresTab() {
  const { t } = useTranslation('holds');
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('erasuresHint')}</p>
      <QueryTable
        id="erasures"
        source={source}
        rowKey={({ external_userid }) => external_userid}
        tabs={{
          ...{ kind: 'choice', key: 'state', label: t('stateTitle') },
          options: states.map((value) => ({ value, label: t(`erasure.${value}`) })),
        }}
        columns={useColumns()}
        empty={{ title: t('noErasures'), hint: t('noErasuresHint') }}
      />
    </div>
  );
}

function useColumns(): QueryColumn<ArchiveErasure>[] {
  const { t } = useTranslation('holds');
  return [
    {
      key: 'person',
      title: t('person'),
      width: 240,
      render: ({ external_userid }) => <PersonLink id={external_userid} />,
    },
    {
      key: 'state',
      title: t('stateTitle'),
      width: 130,
      render: ({ state }) => <StateTag tone={tones[state]}>{t(`erasure.${state}`)}</StateTag>,
    },
    { key: 'purged', title: t('purged'), width: 110, align: 'right', render: ({ purged }) => purged.toLocaleString() },
    { key: 'held', title: t('stillHeld'), width: 110, align: 'right', render: ({ held }) => held.toLocaleString() },
    { key: 'reason', title: t('reason'), render: ({ reason }) => <Cut text={reason} /> },
    { key: 'asked_at', title: t('askedAt'), width: 140, render: ({ asked_at }) => <TimeText at={asked_at} /> },
  ];
}
