import { useTranslation } from 'react-i18next';
import { api, type DataKey } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { StateTag, type Tone } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import styles from './keys.module.css';

const tones: Record<DataKey['state'], Tone> = { coming: 'active', active: 'proved', old: 'person', retired: 'neutral' };

/** Every key there still is, newest first: few, for what is retired goes after a week. */
export function KeyList() {
  const { t } = useTranslation('keys');
  const { data, error, refetch } = api.useQuery('get', '/data-keys');
  return (
    <Panel title={t('list')}>
      {error && !data && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {!data && !error && <Loading rows={4} />}
      {data && (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('key')}</th>
                <th scope="col">{t('state')}</th>
                <th scope="col">{t('createdAt')}</th>
                <th scope="col">{t('activeFrom')}</th>
                <th scope="col">{t('retiredAt')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((key) => (
                <Row key={key.version} dataKey={key} />
              ))}
            </tbody>
          </table>
          <p className={styles.hint}>{t('listHint')}</p>
        </>
      )}
    </Panel>
  );
}

function Row({ dataKey }: { dataKey: DataKey }) {
  const { t } = useTranslation('keys');
  const { version, state, created_at, active_from, retired_at } = dataKey;
  return (
    <tr>
      <th scope="row">{t('number', { version })}</th>
      <td>
        <StateTag tone={tones[state]}>{t(`stateOf.${state}`)}</StateTag>
      </td>
      <td>
        <TimeText at={created_at} />
      </td>
      <td>
        <TimeText at={active_from ?? created_at} />
      </td>
      <td>
        <TimeText at={retired_at} />
      </td>
    </tr>
  );
}
