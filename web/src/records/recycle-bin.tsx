import { DeleteOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../components/fault-note';
import { TimeText } from '../components/time-text';
import { removeRecord, restoreRecord } from './record-api';
import styles from './records.module.css';
import type { RecordRow, RecordType } from './types';

interface Props {
  type: RecordType;
  record: RecordRow;
}

function useRestore(type: RecordType) {
  const { t } = useTranslation('records');
  const { message } = App.useApp();
  const textOf = useFaultText();
  return async (id: string): Promise<void> => {
    try {
      await restoreRecord(type.path, id);
      void message.success(t('restored'));
    } catch (thrown) {
      void message.error(textOf(thrown));
    }
  };
}

/** Into the recycle bin at once; for a few seconds it can be undone on the spot. */
export function DeleteButton({ type, record, onDone }: Props & { onDone?: () => void }) {
  const { t } = useTranslation('records');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const restore = useRestore(type);
  const remove = async () => {
    try {
      await removeRecord(type.path, record);
      onDone?.();
      const key = `deleted-${record.id}`;
      const undo = () => {
        message.destroy(key);
        void restore(record.id);
      };
      const content = (
        <>
          {t('deleted')}{' '}
          <Button type="link" size="small" onClick={undo}>
            {t('undo')}
          </Button>
        </>
      );
      void message.success({ key, duration: 10, content });
    } catch (thrown) {
      void message.error(textOf(thrown));
    }
  };
  return (
    <Button icon={<DeleteOutlined />} onClick={() => void remove()}>
      {t('delete')}
    </Button>
  );
}

/** Over a record that lies in the recycle bin. */
export function BinNote({ type, record }: Props) {
  const { t } = useTranslation('records');
  const restore = useRestore(type);
  return (
    <div className={styles.bin} role="status">
      <span>
        {t('inBin')} <TimeText at={record.deleted_at} />
      </span>
      {type.may_write && (
        <Button size="small" icon={<UndoOutlined />} onClick={() => void restore(record.id)}>
          {t('restore')}
        </Button>
      )}
    </div>
  );
}
