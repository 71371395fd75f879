import { App, Button, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, type RetentionRule, useAsked } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import { commonKinds } from '../messages/use-message-filters';
import { DepartmentSelect } from '../staff/department-filter';
import styles from './holds.module.css';

interface Fields {
  name: string;
  ground: string;
  years: number;
  department?: string | undefined;
  kind: 'single' | 'group' | 'all';
  type?: string | undefined;
  active: boolean;
}

const fieldsOf = ({ name, ground, years, department_id, kind, type, active }: RetentionRule): Fields => ({
  ...{ name, ground, years, active, kind: kind ?? 'all', type: type ?? undefined },
  department: department_id === null ? undefined : String(department_id),
});

const bodyOf = ({ name, ground, years, department, kind, type, active }: Fields) => ({
  ...{ name: name.trim(), ground: ground.trim(), years, active },
  ...{ department_id: department ? Number(department) : null, kind: kind === 'all' ? null : kind },
  type: type?.trim() || null,
});

/** The server answers that a second person is needed; the frame asks for the reason. */
export function RuleForm({ rule, onClose }: { rule: RetentionRule | undefined; onClose(): void }) {
  const { t } = useTranslation('holds');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useSave(rule, onClose);
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['name', 'ground', 'years', 'type']);
  const send = async (fields: Fields) => {
    setFault(undefined);
    await save.send(bodyOf(fields)).catch((error: unknown) => {
      if (asFault(error).code !== 'APPROVAL_REQUIRED') setFault(faultOf(error));
    });
  };
  const needed = (message: string, min = 1) => [{ required: true, whitespace: true, min, message }];
  return (
    <Form<Fields>
      name="rule"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={rule ? fieldsOf(rule) : { kind: 'all', active: true }}
      onFinish={(fields) => void send(fields)}
    >
      <Form.Item name="name" label={t('name')} rules={needed(t('nameNeeded'))}>
        <Input maxLength={100} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="ground" label={t('ground')} extra={t('groundHint')} rules={needed(t('groundNeeded'), 4)}>
        <Input maxLength={255} autoComplete="off" />
      </Form.Item>
      <Reach />
      <Form.Item name="active" label={t('inForce')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('askSecond')}
        </Button>
      </div>
    </Form>
  );
}

/** How long, and of whom. */
function Reach() {
  const { t } = useTranslation('holds');
  const { t: tm } = useTranslation('messages');
  return (
    <>
      <div className={styles.pair}>
        <Form.Item
          name="years"
          label={t('years')}
          extra={t('yearsHint')}
          rules={[{ required: true, message: t('yearsNeeded') }]}
        >
          <InputNumber min={1} max={100} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="department" label={t('department')}>
          <DepartmentField />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <Form.Item name="kind" label={t('kindTitle')}>
          <Radio.Group
            options={(['all', 'single', 'group'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="type" label={t('type')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={commonKinds.map((value) => ({ value, label: tm(`kind.${value}`) }))}
          />
        </Form.Item>
      </div>
    </>
  );
}

interface Given {
  id?: string;
  value?: string;
  onChange?(next: string | undefined): void;
}

const DepartmentField = ({ id, value, onChange }: Given) => (
  <DepartmentSelect id={id} value={value} onChange={(next) => onChange?.(next)} />
);

function useSave(rule: RetentionRule | undefined, onClose: () => void) {
  const { t } = useTranslation('holds');
  const { message } = App.useApp();
  const create = api.useMutation('post', '/archive/retention-rules');
  const change = api.useMutation('put', '/archive/retention-rules/{id}');
  useAsked(onClose);
  return {
    isPending: create.isPending || change.isPending,
    async send(body: ReturnType<typeof bodyOf>): Promise<void> {
      if (rule) {
        await change.mutateAsync({ params: { path: { id: rule.id } }, body: { ...body, version: rule.version } });
      } else await create.mutateAsync({ body });
      invalidate('/archive/retention-rules');
      void message.success(t('saved'));
      onClose();
    },
  };
}
