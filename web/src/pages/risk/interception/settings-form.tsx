import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Interception, useCan } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { StaffListField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import { DepartmentListField } from '../../staff/department-filter';
import { useWordLists } from '../rules/use-sentence';
import styles from './interception.module.css';
import { notePush } from './use-interception';

type Settings = Pick<Interception, 'type' | 'semantics' | 'userids' | 'department_ids'>;
interface Fields extends Settings {
  list_id?: string;
}

const blank: Settings = { type: 'warn', semantics: [], userids: [], department_ids: [] };
const types = ['warn', 'block'] as const;
const kinds = ['phone', 'email', 'red_packet'] as const;
const names = ['list_id', 'type', 'semantics', 'userids', 'department_ids'];

/** Gives WeCom a word list; for those who see the lists. */
export function CreateInterception() {
  const { t } = useTranslation('interception');
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [mayManage, seesLists] = [useCan('rules:manage'), useCan('archive:review')];
  const create = api.useMutation('post', '/interception-rules', {
    onSuccess() {
      notePush();
      void message.success(t('created'));
      setOpen(false);
    },
  });
  if (!mayManage) return null;
  return (
    <>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        disabled={!seesLists}
        title={seesLists ? t('create') : t('listsUnseen')}
        onClick={() => setOpen(true)}
      >
        {t('create')}
      </Button>
      <Modal open={isOpen} onCancel={() => setOpen(false)} footer={null} destroyOnHidden title={t('create')}>
        <SettingsForm
          initial={blank}
          isNew
          onClose={() => setOpen(false)}
          onSave={({ list_id = '', ...settings }) => create.mutateAsync({ body: { list_id, ...settings } })}
        />
      </Modal>
    </>
  );
}

export function ChangeInterception({ one, onClose }: { one: Interception; onClose(): void }) {
  const { t } = useTranslation('interception');
  const { message } = App.useApp();
  const { id, version, type, semantics, userids, department_ids } = one;
  const change = api.useMutation('put', '/interception-rules/{id}', {
    onSuccess() {
      notePush();
      void message.success(t('changed'));
      onClose();
    },
  });
  return (
    <SettingsForm
      initial={{ type, semantics, userids, department_ids }}
      onClose={onClose}
      onSave={(settings) => change.mutateAsync({ params: { path: { id } }, body: { ...settings, version } })}
    />
  );
}

interface Props {
  initial: Settings;
  /** Asks for the list as well: later it stays. */
  isNew?: boolean;
  onClose(): void;
  /** Rejects with a fault. */
  onSave(fields: Fields): Promise<unknown>;
}

function SettingsForm({ initial, isNew = false, onClose, onSave }: Props) {
  const { t } = useTranslation('interception');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  const faultOf = useFormFault(form, names);
  const send = async (fields: Fields) => {
    setPending(true);
    setFault(undefined);
    await onSave(fields).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  return (
    <Form<Fields>
      name="interception"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(fields) => void send(fields)}
    >
      {isNew && <ListField />}
      <Form.Item name="type" label={t('type')}>
        <Radio.Group options={types.map((value) => ({ value, label: t(`typeOf.${value}`) }))} />
      </Form.Item>
      <Form.Item name="semantics" label={t('semantics')} extra={t('semanticsHint')}>
        <Checkbox.Group options={kinds.map((value) => ({ value, label: t(`semanticsOf.${value}`) }))} />
      </Form.Item>
      <Form.Item name="department_ids" label={t('departments')}>
        <DepartmentListField />
      </Form.Item>
      <Form.Item
        name="userids"
        label={t('staff')}
        extra={t('rangeHint')}
        dependencies={['department_ids']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, userids: string[]) =>
              userids.length + getFieldValue('department_ids').length > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t('somebodyNeeded'))),
          }),
        ]}
      >
        <StaffListField />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={pending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}

function ListField() {
  const { t } = useTranslation('interception');
  const { data, isFetching } = useWordLists();
  return (
    <Form.Item
      name="list_id"
      label={t('list')}
      extra={t('listHint')}
      rules={[{ required: true, message: t('listNeeded') }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        loading={isFetching}
        options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}
