import { ContainerOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type Conversation, invalidate, useCan } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';

interface Props {
  conversation: Conversation;
  /** The message it is about, if one is marked. */
  messageId: string | undefined;
  /** Opens the form, too. */
  hotkey?: string;
  size?: 'small';
}

/** Puts the marked message, or the conversation as it stands, before the reviewers. */
export function SendToReview({ conversation, messageId, hotkey, size }: Props) {
  const { t } = useTranslation('reviews');
  const [open, setOpen] = useState(false);
  const may = useCan('archive:review');
  useHotkeys(hotkey ?? '', () => setOpen(true), { enabled: hotkey !== undefined && may, preventDefault: true });
  if (!may) return null;
  return (
    <>
      <Button icon={<ContainerOutlined />} size={size ?? 'middle'} onClick={() => setOpen(true)}>
        {t('send')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={480} title={t('send')}>
        <SendForm conversation={conversation} messageId={messageId} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

interface Fields {
  what: 'message' | 'conversation';
  reason: string;
}

function SendForm({ conversation, messageId, onClose }: Omit<Props, 'hotkey'> & { onClose(): void }) {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const add = api.useMutation('post', '/archive/reviews', {
    onSuccess: () => {
      invalidate('/archive/reviews');
      void message.success(
        <>
          {t('sent')} <Link to="/reviews?queue=manual">{t('seeQueue')}</Link>
        </>,
        6,
      );
      onClose();
    },
  });
  const send = ({ what, reason }: Fields) =>
    add.mutate({
      body:
        what === 'message' && messageId
          ? { message_id: messageId, reason: reason.trim() }
          : { conversation_id: conversation.id, reason: reason.trim() },
    });
  return (
    <Form<Fields>
      name="review"
      layout="vertical"
      requiredMark={false}
      initialValues={{ what: messageId ? 'message' : 'conversation' }}
      onFinish={send}
    >
      <Form.Item name="what" label={t('what')} extra={messageId ? undefined : t('whatHint')}>
        <Radio.Group
          options={[
            { value: 'message', label: t('whatMessage'), disabled: !messageId },
            { value: 'conversation', label: t('whatConversation') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('sendReason')}
        rules={[{ required: true, whitespace: true, message: t('reasonNeeded') }]}
      >
        <Input.TextArea maxLength={255} rows={3} autoFocus />
      </Form.Item>
      <FormFault text={add.error ? textOf(add.error) : undefined} />
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {t('send')}
      </Button>
    </Form>
  );
}
