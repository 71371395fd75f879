import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, useAsked } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { ContactField, EndField, StaffField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import styles from '../risk.module.css';

interface Fields {
  userid?: string;
  external_userid?: string;
  reason: string;
  expires_at: string;
}

const names = ['userid', 'external_userid', 'reason', 'expires_at'] as const;

/** Nobody excepts alone: the server answers by asking for a second person, and the dialog of the frame takes over. */
export function ExceptionForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('exceptions');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, names);
  useAsked(onClose);
  const create = api.useMutation('post', '/findings/exceptions', {
    onSuccess() {
      invalidate('/findings/exceptions');
      onClose();
    },
    onError(error: unknown) {
      if (asFault(error).code !== 'APPROVAL_REQUIRED') setFault(faultOf(error));
    },
  });
  const send = ({ userid, external_userid, reason, expires_at }: Fields) => {
    setFault(undefined);
    if (!userid && !external_userid) return setFault(t('nameSomebody'));
    const whom = { ...(userid ? { userid } : {}), ...(external_userid ? { external_userid } : {}) };
    create.mutate({ body: { ...whom, reason, expires_at } });
  };
  return (
    <Form<Fields> name="exception" form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <p className={styles.hint}>{t('createHint')}</p>
      <Form.Item name="userid" label={t('staff')}>
        <StaffField />
      </Form.Item>
      <Form.Item name="external_userid" label={t('contact')} extra={t('whomHint')}>
        <ContactField />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, whitespace: true, message: t('reasonNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item
        name="expires_at"
        label={t('expires')}
        extra={t('expiresHint')}
        rules={[{ required: true, message: t('expiresNeeded') }]}
      >
        <EndField />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('ask')}
        </Button>
      </div>
    </Form>
  );
}
