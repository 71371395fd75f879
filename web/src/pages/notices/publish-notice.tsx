import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import styles from './notices.module.css';

interface NewNotice {
  title: string;
  content: string;
}

/** What is published stays as it is: people confirm these very words. */
export function PublishNotice() {
  const { t } = useTranslation('notices');
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('publish')}
      </Button>
      <Modal
        open={open}
        onCancel={close}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        width={640}
        title={t('publish')}
      >
        <NoticeForm onClose={close} />
      </Modal>
    </>
  );
}

function NoticeForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('notices');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewNotice>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['title', 'content']);
  const typed: Partial<NewNotice> = Form.useWatch([], form) ?? {};
  const publish = api.useMutation('post', '/archive/notices', {
    onSuccess() {
      void message.success(t('done'));
      invalidate('/archive/notices');
      onClose();
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = (body: NewNotice) => {
    setFault(undefined);
    publish.mutate({ body });
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ title: t('template.title'), content: t('template.content') }}
      onFinish={send}
    >
      <Form.Item name="title" label={t('heading')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="content" label={t('content')} extra={t('contentHint')}>
        <Input.TextArea autoSize={{ minRows: 8, maxRows: 18 }} maxLength={20_000} />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={publish.isPending}
          disabled={!typed.title?.trim() || !typed.content?.trim()}
        >
          {t('publishNow')}
        </Button>
      </div>
    </Form>
  );
}
