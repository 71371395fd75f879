import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Collaborator, invalidate } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { EndField, StaffField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import styles from './person.module.css';

interface Given {
  userid: string;
  level: Collaborator['level'];
  until?: string;
}

const levels = ['read', 'edit'] as const;

/** Shares the contact with a colleague; naming somebody again changes level and end. */
export function CollaboratorForm({ externalUserid, onClose }: { externalUserid: string; onClose(): void }) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Given>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['userid', 'level', 'until']);
  const userid = Form.useWatch('userid', form);
  const add = api.useMutation('post', '/external-contacts/{external_userid}/collaborators', {
    onSuccess: () => {
      invalidate('/external-contacts/{external_userid}/collaborators');
      onClose();
    },
    onError: (error) => setFault(faultOf(error)),
  });
  const send = ({ until, ...given }: Given) => {
    setFault(undefined);
    const params = { path: { external_userid: externalUserid } };
    add.mutate({ params, body: { ...given, until: until ?? null } });
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ level: 'read' }}
      onFinish={send}
      className={styles.form ?? ''}
    >
      <Form.Item name="userid" label={t('colleague')}>
        <StaffField />
      </Form.Item>
      <Form.Item name="level" label={t('levelTitle')}>
        <Select options={levels.map((value) => ({ value, label: t(`level.${value}`) }))} />
      </Form.Item>
      <Form.Item name="until" label={t('until')} extra={t('untilHint')}>
        <EndField />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.formButtons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending} disabled={!userid}>
          {t('share')}
        </Button>
      </div>
    </Form>
  );
}
