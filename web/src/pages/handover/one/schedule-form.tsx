import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, useAsked } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { FormFault } from '../../../components/form-fault';
import { MomentField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import styles from './one.module.css';
import type { Plan } from './types';

interface Fields {
  scheduled_for: string;
}

/** When it goes out by itself. What needs a second person asks for one here already. */
export function ScheduleForm({ plan, onClose }: { plan: Plan; onClose(): void }) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['scheduled_for']);
  useAsked(onClose);
  const { mutate, isPending } = api.useMutation('post', '/handovers/{id}/schedule', {
    onSuccess() {
      renewHandovers();
      void message.success(t('scheduled'));
      onClose();
    },
    onError: (error) => asFault(error).code !== 'APPROVAL_REQUIRED' && setFault(faultOf(error)),
  });
  const isLater = async (_: unknown, at: string | undefined) => {
    if (!at || Date.parse(at) <= Date.now()) throw new Error(t('scheduleNeeded'));
  };
  return (
    <Form<Fields>
      name="handover-schedule"
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(body) => mutate({ params: { path: { id: plan.id } }, body })}
    >
      <p className={styles.hint}>{t('scheduleHint')}</p>
      <Form.Item name="scheduled_for" label={t('scheduleAt')} rules={[{ validator: isLater }]}>
        <MomentField />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('scheduleDo')}
        </Button>
      </div>
    </Form>
  );
}
