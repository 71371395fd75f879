import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api';
import { useActorName } from '../../../components/audit-words';
import { FaultNote } from '../../../components/fault-note';
import { MomentField } from '../../../components/form-fields';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { Panel } from '../../../components/panel';
import { Timeline } from '../../../components/timeline';
import { useWord } from '../../../lib/use-word';
import type { RecordPart } from '../../../records';
import styles from '../../../records/records.module.css';
import { ActDialog } from './act-dialog';

const kinds = ['talk', 'call', 'visit', 'mail'] as const;

/** Every time somebody dealt with the lead, newest first. */
export function Touches({ record, mayEdit }: RecordPart) {
  const { t } = useTranslation('leads');
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    invalidate('/leads/{id}/touches');
    setIsOpen(false);
  };
  const log = mayEdit && (
    <Button size="small" onClick={() => setIsOpen(true)}>
      {t('log')}
    </Button>
  );
  return (
    <Panel title={t('touches')} extra={log}>
      <TouchList id={record.id} />
      {isOpen && (
        <ActDialog
          {...{ id: record.id, act: 'touches', title: t('log'), done: t('logged'), onClose: close }}
          names={['kind', 'at', 'note']}
        >
          <Form.Item name="kind" label={t('kind')} initialValue="talk">
            <Select options={kinds.map((value) => ({ value, label: t(`touch.${value}`) }))} />
          </Form.Item>
          <Form.Item name="at" label={t('at')} extra={t('atHint')}>
            <MomentField />
          </Form.Item>
          <Form.Item name="note" label={t('note')}>
            <Input.TextArea maxLength={2000} rows={3} />
          </Form.Item>
        </ActDialog>
      )}
    </Panel>
  );
}

function TouchList({ id }: { id: string }) {
  const { t } = useTranslation('leads');
  const wordOf = useWord('leads');
  const nameOf = useActorName();
  const { data, error, refetch } = api.useQuery('get', '/leads/{id}/touches', { params: { path: { id } } });
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={3} />;
  if (data.items.length === 0) return <Note small>{t('noTouches')}</Note>;
  return (
    <Timeline
      items={data.items.map((touch) => ({
        ...{ id: touch.id, at: touch.at, text: wordOf(`touch.${touch.kind}`) ?? touch.kind },
        detail: (
          <>
            {touch.note && <p className={styles.long}>{touch.note}</p>}
            <div className={styles.actor}>{nameOf({ actor: touch.actor, actor_name: touch.actor_name })}</div>
          </>
        ),
      }))}
    />
  );
}
