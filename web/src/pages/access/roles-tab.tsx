import { useTranslation } from 'react-i18next';
import { api } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import styles from './access.module.css';
import { RoleMatrix } from './role-matrix';

/** What each role may do, side by side. */
export function RolesTab() {
  const { t } = useTranslation('access');
  const { data, error, refetch } = api.useQuery('get', '/roles');
  return (
    <Panel>
      {error && !data && <FaultNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading rows={12} />}
      {data && (
        <>
          <p className={styles.hint}>
            {t('matrixHint')} {t('matrixTop')}
          </p>
          <RoleMatrix roles={data.items} />
        </>
      )}
    </Panel>
  );
}
