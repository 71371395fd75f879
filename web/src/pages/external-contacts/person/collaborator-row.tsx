import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Collaborator, invalidate, useCan } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { Person } from '../../../components/person';
import { StateTag } from '../../../components/state-tag';
import { TimeText } from '../../../components/time-text';
import { staffPath } from '../../../lib/paths';
import styles from './person.module.css';

interface Props {
  externalUserid: string;
  collaborator: Collaborator;
}

export function CollaboratorRow({ externalUserid, collaborator }: Props) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const { userid, staff_name, level, until } = collaborator;
  const isOver = until !== null && new Date(until) <= new Date();
  return (
    <>
      <div className={styles.stateHead}>
        <Person id={userid} name={staff_name} to={staffPath(userid)} size={20} />
        <Remove externalUserid={externalUserid} collaborator={collaborator} />
      </div>
      <div className={styles.quiet}>
        {t(`level.${level}`)}
        {' · '}
        {t('until')} <TimeText at={until} none={tc('noEnd')} />{' '}
        {isOver && <StateTag tone="neutral">{t('over')}</StateTag>}
      </div>
    </>
  );
}

/** It can be shared again, so there is nothing to confirm. */
function Remove({ externalUserid, collaborator: { id, userid, staff_name } }: Props) {
  const { t } = useTranslation('externalContacts');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const mayWrite = useCan('collaborators:write');
  const remove = api.useMutation('delete', '/external-contacts/{external_userid}/collaborators/{id}', {
    onSuccess: () => invalidate('/external-contacts/{external_userid}/collaborators'),
    onError: (error) => void message.error(textOf(error)),
  });
  if (!mayWrite) return null;
  return (
    <Button
      type="text"
      size="small"
      loading={remove.isPending}
      aria-label={t('unshareName', { name: staff_name || userid })}
      onClick={() => remove.mutate({ params: { path: { external_userid: externalUserid, id } } })}
    >
      {t('unshare')}
    </Button>
  );
}
