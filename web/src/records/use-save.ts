import { App, type FormInstance } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFault } from '../api';
import { useFormFault } from '../components/use-form-fault';
import { differing } from './differing';
import { changeRecord, createRecord, readAgain } from './record-api';
import type { RecordField, RecordRow, RecordType, Values } from './types';

interface Given {
  type: RecordType;
  form: FormInstance<Values>;
  record: RecordRow | undefined;
  fields: readonly RecordField[];
  onDone(record: RecordRow): void;
}

/** Sends what differs from what was read, and puts what the server says where it belongs. */
export function useSave({ type, form, record, fields, onDone }: Given) {
  const { t } = useTranslation('records');
  const { message } = App.useApp();
  // As this form read it: what others do meanwhile is not to be overwritten unseen.
  const [base, setBase] = useState(record);
  const [code, setCode] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [isPending, setIsPending] = useState(false);
  const faultOf = useFormFault(
    form,
    fields.map(({ key }) => key),
  );

  async function write(given: Values): Promise<RecordRow> {
    const values = differing(fields, given, base);
    if (base) return Object.keys(values).length > 0 ? changeRecord(type.path, base, values) : base;
    const { duplicate_reason } = given;
    return createRecord(type.path, { ...values, ...(duplicate_reason ? { duplicate_reason } : {}) });
  }

  async function send(given: Values): Promise<void> {
    setIsPending(true);
    setFault(undefined);
    try {
      const written = await write(given);
      void message.success(base ? t('saved') : t('created'));
      onDone(written);
    } catch (thrown) {
      const found = asFault(thrown).code;
      setCode(found);
      const text = faultOf(thrown);
      setFault(found === 'STALE_VERSION' ? undefined : text);
    } finally {
      setIsPending(false);
    }
  }

  return {
    isPending,
    fault,
    hasFault: code !== undefined,
    isStale: code === 'STALE_VERSION',
    isDuplicate: code === 'DUPLICATE' && !record,
    send: (given: Values) => void send(given),

    /** What others wrote comes in; what was typed here stays. */
    readAgain(): void {
      if (!base) return;
      const mine = differing(fields, form.getFieldsValue(true) as Values, base);
      void readAgain(type.path, base.id).then(
        (fresh) => {
          setBase(fresh);
          setCode(undefined);
          form.setFieldsValue({ ...Object.fromEntries(fields.map(({ key }) => [key, fresh[key]])), ...mine });
        },
        (thrown: unknown) => setFault(faultOf(thrown)),
      );
    },
  };
}
