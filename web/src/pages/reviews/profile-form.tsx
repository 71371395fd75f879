import { App, Button, Form, Input, InputNumber, Radio, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type ReviewProfile } from '../../api';
import { FormFault } from '../../components/form-fault';
import { StaffListField } from '../../components/form-fields';
import { useFormFault } from '../../components/use-form-fault';
import styles from './reviews.module.css';

interface Fields {
  name: string;
  period: ReviewProfile['period'];
  percent: number;
  new_percent?: number | null;
  new_days?: number | null;
  named_percent?: number | null;
  userids?: string[];
  second_line_percent: number;
  active: boolean;
}

const initial = { period: 'month', percent: 2, new_days: 90, second_line_percent: 10, active: true } as const;

const fieldsOf = ({ name, period, rules, active }: ReviewProfile): Fields => ({
  ...{ name, period, active, percent: rules.percent, second_line_percent: rules.second_line_percent },
  ...{ new_percent: rules.new_staff?.percent ?? null, new_days: rules.new_staff?.days ?? initial.new_days },
  ...{ named_percent: rules.named?.percent ?? null, userids: rules.named?.userids ?? [] },
});

function bodyOf({ name, period, active, percent, second_line_percent, ...more }: Fields) {
  const { new_percent, new_days, named_percent, userids = [] } = more;
  const rules: ReviewProfile['rules'] = {
    ...{ percent, second_line_percent },
    ...(new_percent && new_days ? { new_staff: { percent: new_percent, days: new_days } } : {}),
    ...(named_percent && userids.length > 0 ? { named: { percent: named_percent, userids } } : {}),
  };
  return { name, period, active, rules };
}

const share = { min: 0, max: 100, step: 1, suffix: '%', style: { width: 140 } } as const;

/** A sampling profile; a change counts from the next period on. */
export function ProfileForm({ profile, onClose }: { profile: ReviewProfile | undefined; onClose(): void }) {
  const { t } = useTranslation('reviews');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useSave(profile, onClose);
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['name']);
  const send = async (fields: Fields) => {
    setFault(undefined);
    await save.send(bodyOf(fields)).catch((error: unknown) => setFault(faultOf(error)));
  };
  return (
    <Form<Fields>
      name="profile"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={profile ? fieldsOf(profile) : initial}
      onFinish={(fields) => void send(fields)}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('nameNeeded') }]}>
        <Input maxLength={100} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="period" label={t('every')}>
        <Radio.Group
          options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`periodOf.${value}`) }))}
        />
      </Form.Item>
      <Shares />
      <Form.Item name="active" label={t('active')} valuePropName="checked" extra={profile && t('changeHint')}>
        <Switch />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}

function Shares() {
  const { t } = useTranslation('reviews');
  const needed = [{ required: true, message: t('shareNeeded') }];
  return (
    <>
      <div className={styles.pair}>
        <Form.Item name="percent" label={t('share')} extra={t('shareHint')} rules={needed}>
          <InputNumber {...share} />
        </Form.Item>
        <Form.Item name="second_line_percent" label={t('secondLine')} extra={t('secondLineHint')} rules={needed}>
          <InputNumber {...share} />
        </Form.Item>
        <Form.Item name="new_percent" label={t('newShare')}>
          <InputNumber {...share} />
        </Form.Item>
        <Form.Item name="new_days" label={t('newDays')}>
          <InputNumber min={1} max={365} precision={0} style={{ width: 140 }} />
        </Form.Item>
        <Form.Item name="named_percent" label={t('namedShare')}>
          <InputNumber {...share} />
        </Form.Item>
      </div>
      <Form.Item name="userids" label={t('namedStaff')}>
        <StaffListField />
      </Form.Item>
    </>
  );
}

function useSave(profile: ReviewProfile | undefined, onClose: () => void) {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const create = api.useMutation('post', '/archive/review-profiles');
  const change = api.useMutation('put', '/archive/review-profiles/{id}');
  return {
    isPending: create.isPending || change.isPending,
    async send(body: ReturnType<typeof bodyOf>): Promise<void> {
      if (profile) {
        const params = { path: { id: profile.id } };
        await change.mutateAsync({ params, body: { ...body, version: profile.version } });
      } else await create.mutateAsync({ body });
      invalidate('/archive/review-profiles');
      void message.success(t('saved'));
      onClose();
    },
  };
}
