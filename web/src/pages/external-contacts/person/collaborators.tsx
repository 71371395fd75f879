import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useCan } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Panel } from '../../../components/panel';
import { CollaboratorForm } from './collaborator-form';
import { CollaboratorRow } from './collaborator-row';
import styles from './person.module.css';

/** Colleagues who see the external contact without having it. */
export function Collaborators({ externalUserid }: { externalUserid: string }) {
  const { t } = useTranslation('externalContacts');
  const [adding, setAdding] = useState(false);
  const mayWrite = useCan('collaborators:write');
  const path = { params: { path: { external_userid: externalUserid } } };
  const { data, error, refetch } = api.useQuery('get', '/external-contacts/{external_userid}/collaborators', path);
  const add = mayWrite && !adding && (
    <Button size="small" onClick={() => setAdding(true)}>
      {t('share')}
    </Button>
  );
  return (
    <Panel title={t('collaborators')} extra={add}>
      {error && !data && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {!data && !error && <Loading rows={2} />}
      {adding && <CollaboratorForm externalUserid={externalUserid} onClose={() => setAdding(false)} />}
      {data?.items.length === 0 && !adding && <p className={styles.quiet}>{t('noCollaborators')}</p>}
      <ul className={styles.list}>
        {data?.items.map((collaborator) => (
          <li key={collaborator.id} className={styles.item}>
            <CollaboratorRow externalUserid={externalUserid} collaborator={collaborator} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
