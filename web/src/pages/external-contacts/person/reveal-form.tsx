import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Relation } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { useFormFault } from '../../../components/use-form-fault';
import styles from './person.module.css';

interface Props {
  relation: Relation;
  field: 'remark_mobiles' | 'description';
  onShown(values: readonly string[]): void;
  onClose(): void;
}

interface Given {
  reason: string;
}

/** Why somebody wants to see it: the reason goes into the audit trail with their name. */
export function RevealForm({ relation, field, onShown, onClose }: Props) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Given>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['reason']);
  const reveal = api.useMutation('post', '/external-contacts/{external_userid}/reveal', {
    onSuccess: ({ items }) => onShown(items.flatMap(({ values }) => values)),
    onError: (error) => setFault(faultOf(error)),
  });
  const send = ({ reason }: Given) => {
    setFault(undefined);
    const params = { path: { external_userid: relation.external_userid } };
    reveal.mutate({ params, body: { field, relation_id: relation.id, reason: reason.trim() } });
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={send} className={styles.revealForm ?? ''}>
      <Form.Item
        name="reason"
        label={t('reveal.reason')}
        extra={t('reveal.hint')}
        rules={[{ required: true, whitespace: true, min: 4, message: t('reveal.short') }]}
      >
        <Input maxLength={200} placeholder={t('reveal.example')} autoComplete="off" />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.formButtons}>
        <Button size="small" onClick={onClose}>
          {tc('cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={reveal.isPending}>
          {t('reveal.show')}
        </Button>
      </div>
    </Form>
  );
}
