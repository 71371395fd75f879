import { App, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../../components/fault-note';
import { StaffField } from '../../../components/form-fields';
import { actOn, type RecordPart, RecordPicker, textOf } from '../../../records';
import { ActDialog } from './act-dialog';

type Act = 'assign' | 'discard' | 'convert';

/** From which states an act is possible (the server has the last word). */
const from: Record<Act | 'qualify', readonly string[]> = {
  assign: ['new', 'assigned', 'contacted', 'qualified', 'pooled'],
  qualify: ['contacted'],
  discard: ['new', 'assigned', 'contacted', 'qualified'],
  convert: ['qualified'],
};

/** What can be done with a lead as it stands. */
export function LeadActions({ record }: RecordPart) {
  const { t } = useTranslation('leads');
  const [asked, setAsked] = useState<Act>();
  const can = (act: keyof typeof from) => from[act].includes(textOf(record, 'status'));
  const close = () => setAsked(undefined);
  const dialog = { id: record.id, onClose: close };
  const needed = [{ required: true, message: t('needed') }];
  return (
    <>
      {can('convert') && (
        <Button type="primary" onClick={() => setAsked('convert')}>
          {t('convert')}
        </Button>
      )}
      {can('qualify') && <Qualify id={record.id} />}
      {can('assign') && <Button onClick={() => setAsked('assign')}>{t('assign')}</Button>}
      {can('discard') && <Button onClick={() => setAsked('discard')}>{t('discard')}</Button>}
      {asked === 'assign' && (
        <ActDialog {...dialog} act="assign" title={t('assign')} done={t('assigned')} names={['userid', 'reason']}>
          <Form.Item name="userid" label={t('to')} rules={needed}>
            <StaffField />
          </Form.Item>
          <Form.Item name="reason" label={t('reasonOptional')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
        </ActDialog>
      )}
      {asked === 'discard' && (
        <ActDialog {...dialog} act="discard" title={t('discard')} done={t('discarded')} names={['reason']}>
          <Form.Item
            name="reason"
            label={t('reason')}
            rules={[{ required: true, whitespace: true, message: t('needed') }]}
          >
            <Input.TextArea maxLength={200} rows={2} autoFocus />
          </Form.Item>
        </ActDialog>
      )}
      {asked === 'convert' && <Convert {...dialog} lead={record} />}
    </>
  );
}

function Qualify({ id }: { id: string }) {
  const { t } = useTranslation('leads');
  const { message } = App.useApp();
  const faultText = useFaultText();
  const qualify = () =>
    actOn('leads', id, 'qualify').then(
      () => void message.success(t('qualified')),
      (thrown: unknown) => void message.error(faultText(thrown)),
    );
  return (
    <Button type="primary" onClick={() => void qualify()}>
      {t('qualify')}
    </Button>
  );
}

function Convert({ id, lead, onClose }: { id: string; lead: RecordPart['record']; onClose(): void }) {
  const { t } = useTranslation('leads');
  const [into, setInto] = useState<'new' | 'existing'>('new');
  const name = textOf(lead, 'company') || textOf(lead, 'contact_name') || textOf(lead, 'name');
  return (
    <ActDialog
      {...{ id, onClose, act: 'convert', title: t('convert'), done: t('converted') }}
      names={['name', 'customer_id']}
      bodyOf={(values) => (into === 'new' ? { customer: { name: values.name } } : { customer_id: values.customer_id })}
    >
      <p>{t('convertHint')}</p>
      <Form.Item label={t('into')}>
        <Radio.Group
          value={into}
          onChange={({ target }) => setInto(target.value)}
          options={(['new', 'existing'] as const).map((value) => ({ value, label: t(`intoOf.${value}`) }))}
        />
      </Form.Item>
      {into === 'new' ? (
        <Form.Item
          name="name"
          label={t('customerName')}
          initialValue={name}
          rules={[{ required: true, message: t('needed') }]}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      ) : (
        <Form.Item name="customer_id" label={t('customer')} rules={[{ required: true, message: t('needed') }]}>
          <RecordPicker of="customer" />
        </Form.Item>
      )}
    </ActDialog>
  );
}
