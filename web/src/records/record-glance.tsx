import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultNote } from '../components/fault-note';
import { Loading } from '../components/loading';
import { useRecord } from './record-api';
import { RecordFacts } from './record-facts';
import { RecordForm } from './record-form';
import styles from './records.module.css';
import { BinNote, DeleteButton } from './recycle-bin';
import type { RecordType } from './types';

/** A record beside its list: the short facts, and the short form. */
export function RecordGlance({ type, id }: { type: RecordType; id: string }) {
  const { t } = useTranslation('records');
  const { data: record, error, refetch } = useRecord(type.path, id);
  const [isEdited, setIsEdited] = useState(false);
  if (!record) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={8} />;
  const close = () => setIsEdited(false);
  if (isEdited) {
    return <RecordForm type={type} record={record} only={['basics', 'reach']} onDone={close} onCancel={close} />;
  }
  return (
    <div className={styles.stack}>
      {record.deleted_at && <BinNote type={type} record={record} />}
      <RecordFacts type={type} record={record} section="basics" />
      <RecordFacts type={type} record={record} section="reach" />
      {type.may_write && !record.deleted_at && (
        <div className={styles.buttons}>
          <DeleteButton type={type} record={record} />
          <Button icon={<EditOutlined />} onClick={() => setIsEdited(true)}>
            {t('edit')}
          </Button>
        </div>
      )}
    </div>
  );
}
