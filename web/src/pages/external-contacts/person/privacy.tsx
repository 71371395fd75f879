import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type ExternalContactDetail, invalidate, useCan } from '../../../api';
import { useActionName, useActorName } from '../../../components/audit-words';
import { Cut } from '../../../components/cut';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Panel } from '../../../components/panel';
import { Sentence } from '../../../components/sentence';
import { AgeText, TimeText } from '../../../components/time-text';
import { Erase } from './erase';
import styles from './person.module.css';
import { ReasonForm } from './reason-form';

const mostShown = 5;

/** Who saw the record, and everything of it for the person: for those who answer for data protection. */
export function Privacy({ contact: { external_userid, erased_at } }: { contact: ExternalContactDetail }) {
  const { t } = useTranslation('externalContacts');
  const maySee = useCan('audit:read');
  const mayExport = useCan('privacy:export');
  const mayErase = useCan('privacy:erase') && erased_at === null;
  const [open, setOpen] = useState<'export' | 'erase'>();
  const close = () => setOpen(undefined);
  if (!maySee) return null;
  const button = mayExport && !open && (
    <Button size="small" onClick={() => setOpen('export')}>
      {t('privacy.export')}
    </Button>
  );
  return (
    <Panel title={t('privacy.title')} extra={button}>
      {erased_at !== null && (
        <p className={styles.erased}>
          <Sentence text={t('privacy.erasedAt')} parts={{ at: <TimeText at={erased_at} /> }} />
        </p>
      )}
      {open === 'export' && <Export externalUserid={external_userid} onClose={close} />}
      {open === 'erase' && <Erase externalUserid={external_userid} onClose={close} />}
      <Seen externalUserid={external_userid} />
      {mayErase && !open && (
        <Button size="small" danger className={styles.eraseButton ?? ''} onClick={() => setOpen('erase')}>
          {t('privacy.erase')}
        </Button>
      )}
    </Panel>
  );
}

function Seen({ externalUserid }: { externalUserid: string }) {
  const { t } = useTranslation('externalContacts');
  const actionOf = useActionName();
  const actorOf = useActorName();
  const params = { path: { external_userid: externalUserid }, query: { limit: mostShown } };
  const { data, error, refetch } = api.useQuery('get', '/external-contacts/{external_userid}/views', { params });
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} small />;
  if (!data) return <Loading rows={2} />;
  return (
    <>
      <p className={styles.quiet}>{data.items.length > 0 ? t('privacy.seen') : t('privacy.nobody')}</p>
      <ul className={styles.list}>
        {data.items.map((event) => (
          <li key={event.id} className={styles.item}>
            <div className={styles.seenHead}>
              <span>{actionOf(event.action)}</span>
              <AgeText at={event.at} />
            </div>
            <Cut text={actorOf(event)} />
            {event.reason && <Cut text={event.reason} />}
          </li>
        ))}
      </ul>
      {data.next_cursor && <Link to={`/audit?target=external_contact:${externalUserid}`}>{t('privacy.all')}</Link>}
    </>
  );
}

function Export({ externalUserid, onClose }: { externalUserid: string; onClose(): void }) {
  const { t } = useTranslation('externalContacts');
  const { mutateAsync } = api.useMutation('post', '/privacy/exports');
  const words = {
    label: t('privacy.exportReason'),
    hint: t('privacy.exportHint'),
    example: t('privacy.exportExample'),
    submit: t('privacy.export'),
  };
  const save = async (reason: string) => {
    const data = await mutateAsync({ body: { external_userid: externalUserid, reason } });
    download(`${externalUserid}.json`, JSON.stringify(data, null, 2));
    invalidate('/external-contacts/{external_userid}/views');
    onClose();
  };
  return <ReasonForm words={words} onReason={save} onClose={onClose} />;
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
