import { Button, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, invalidate, useCan } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { StaffField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import { spotCheckPath } from '../../../lib/paths';
import styles from '../risk.module.css';
import { ConversationField } from './conversation-field';

interface Fields {
  userid: string;
  how: 'drawn' | 'chosen';
  days: number;
  conversation_id?: string;
  reason?: string;
}

const start = { how: 'drawn', days: 30 } as const;

/** Chance chooses, or somebody does and says why. */
export function AskForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('spotChecks');
  const { t: tc } = useTranslation();
  const navigate = useNavigate();
  // Conversations are listed for whoever may read them.
  const mayChoose = useCan('archive:read');
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['userid', 'days', 'conversation_id', 'reason']);
  const how = Form.useWatch('how', form) ?? start.how;
  const ask = api.useMutation('post', '/spot-checks', {
    onSuccess({ id }) {
      invalidate('/spot-checks');
      void navigate(spotCheckPath(id));
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = ({ userid, days, conversation_id = '', reason = '' }: Fields) => {
    setFault(undefined);
    ask.mutate({ body: how === 'drawn' ? { userid, days } : { userid, conversation_id, reason } });
  };
  return (
    <Form<Fields>
      name="spot-check"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={start}
      onFinish={send}
      onValuesChange={(changed) => 'userid' in changed && form.resetFields(['conversation_id'])}
    >
      <p className={styles.hint}>{t('askHint')}</p>
      <Form.Item name="userid" label={t('staff')} rules={[{ required: true, message: t('staffNeeded') }]}>
        <StaffField />
      </Form.Item>
      <Form.Item name="how" label={t('how')} hidden={!mayChoose}>
        <Radio.Group
          options={(['drawn', 'chosen'] as const).map((value) => ({ value, label: t(`howLong.${value}`) }))}
        />
      </Form.Item>
      {how === 'drawn' ? (
        <Form.Item
          name="days"
          label={t('days')}
          extra={t('daysHint')}
          rules={[{ required: true, message: t('daysNeeded') }]}
        >
          <InputNumber min={1} max={90} precision={0} />
        </Form.Item>
      ) : (
        <Chosen />
      )}
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t(how === 'drawn' ? 'draw' : 'choose')}
        </Button>
      </div>
    </Form>
  );
}

function Chosen() {
  const { t } = useTranslation('spotChecks');
  const userid: string | undefined = Form.useWatch('userid');
  return (
    <>
      <Form.Item
        name="conversation_id"
        label={t('conversation')}
        rules={[{ required: true, message: t('conversationNeeded') }]}
      >
        <ConversationField userid={userid} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, whitespace: true, message: t('reasonNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={255} />
      </Form.Item>
    </>
  );
}
