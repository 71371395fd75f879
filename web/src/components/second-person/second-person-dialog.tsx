import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, invalidate, useSharedAct } from '../../api';
import { useWord } from '../../lib/use-word';
import { useFaultText } from '../fault-note';
import { FormFault } from '../form-fault';

const close = () => useSharedAct.setState({ act: undefined });

/** Asks for a reason when an act needs a second person, and puts the request before them. */
export function SecondPersonDialog() {
  const { t } = useTranslation('approvals');
  const { message } = App.useApp();
  const wordOf = useWord('approvals');
  const textOf = useFaultText();
  const [fault, setFault] = useState<string>();
  const act = useSharedAct((state) => state.act);
  const ask = api.useMutation('post', '/approvals', {
    onSuccess: () => {
      invalidate('/approvals');
      useSharedAct.setState(({ asked }) => ({ act: undefined, asked: asked + 1 }));
      void message.success(
        <>
          {t('asked')} <Link to="/approvals?view=mine">{t('seeMine')}</Link>
        </>,
        6,
      );
    },
    onError: (error) => setFault(textOf(error)),
  });
  const send = ({ reason }: { reason: string }) => {
    setFault(undefined);
    if (act) ask.mutate({ body: { ...act, reason } });
  };
  return (
    <Modal
      open={act !== undefined}
      onCancel={close}
      footer={null}
      destroyOnHidden
      width={480}
      zIndex={1100}
      title={t('needTitle')}
    >
      <p>{t('needHint', { action: wordOf(`action.${act?.action}`) ?? act?.action ?? '' })}</p>
      <Form<{ reason: string }> layout="vertical" requiredMark={false} style={{ marginTop: 12 }} onFinish={send}>
        <Form.Item
          name="reason"
          label={t('reason')}
          extra={t('reasonHint')}
          rules={[{ required: true, whitespace: true, message: t('reasonNeeded') }]}
        >
          <Input.TextArea maxLength={500} rows={3} autoFocus />
        </Form.Item>
        <FormFault text={fault} />
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t('ask')}
        </Button>
      </Form>
    </Modal>
  );
}
