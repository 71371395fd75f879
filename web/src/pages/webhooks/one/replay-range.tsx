import { App, Button, DatePicker, Form, Modal, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type Webhook } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';

interface Range {
  range: [Dayjs, Dayjs];
  state: 'failed' | 'all';
}

/** Sends again what a receiver missed: the log reaches back 30 days. */
export function ReplayRange({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Range>();
  const replay = api.useMutation('post', '/webhooks/{id}/replays', {
    onSuccess: ({ replayed }) => {
      void message.success(t('replayedCount', { count: replayed }));
      invalidate('/webhooks/{id}/deliveries');
      setOpen(false);
    },
  });
  const send = ({ range: [from, to], state }: Range) =>
    replay.mutate({
      params: { path: { id: webhook.id } },
      body: { from: from.toISOString(), to: to.toISOString(), state },
    });
  return (
    <>
      <Button disabled={!webhook.active} onClick={() => setOpen(true)}>
        {t('replayRange')}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        afterClose={() => replay.reset()}
        destroyOnHidden
        title={t('replayRange')}
        okText={t('replay')}
        cancelText={tc('cancel')}
        confirmLoading={replay.isPending}
        onOk={() => form.submit()}
      >
        <Form form={form} layout="vertical" requiredMark={false} initialValues={initial()} onFinish={send}>
          <Form.Item name="range" label={t('range')} extra={t('rangeHint')} rules={[{ required: true }]}>
            <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} />
          </Form.Item>
          <Form.Item name="state" label={t('which')}>
            <Radio.Group
              options={[
                { value: 'failed', label: t('onlyFailed') },
                { value: 'all', label: t('allOfIt') },
              ]}
            />
          </Form.Item>
          <FormFault text={replay.error ? textOf(replay.error) : undefined} />
        </Form>
      </Modal>
    </>
  );
}

const initial = (): Range => ({ range: [dayjs().subtract(1, 'day'), dayjs().add(1, 'minute')], state: 'failed' });
