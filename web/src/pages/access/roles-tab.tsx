import { useTranslation } from 'react-i18next';
import { api, useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import styles from './access.module.css';
import { OwnRoles } from './own-roles';
import { RoleMatrix } from './role-matrix';

/** What each role may do, side by side. */
export function RolesTab() {
  const { t } = useTranslation('access');
  const mayWrite = useCan('access:write');
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
          {mayWrite && <OwnRoles roles={data.items} />}
          <RoleMatrix roles={data.items} />
        </>
      )}
    </Panel>
  );
}
