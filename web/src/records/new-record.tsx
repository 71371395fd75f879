import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { recordPath } from './paths';
import { RecordForm } from './record-form';
import type { RecordType } from './types';
import { useRecordWords } from './use-record-words';

/** The form of a new record, open while the address says so; what else the address names stands in it already. */
export function NewRecord({ type }: { type: RecordType }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const isOpen = params.has('new') && type.may_write;
  const close = () =>
    setParams(
      (known) => {
        known.delete('new');
        return known;
      },
      { replace: true },
    );
  const initial = Object.fromEntries(
    type.fields.flatMap(({ key }) => (params.has(key) ? [[key, params.get(key)]] : [])),
  );
  return (
    <Drawer open={isOpen} onClose={close} size={600} destroyOnHidden title={t('newOne', { one: words.one(type) })}>
      <RecordForm
        type={type}
        initial={initial}
        onDone={(record) => void navigate(recordPath(type.key, record.id))}
        onCancel={close}
      />
    </Drawer>
  );
}
