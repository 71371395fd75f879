import { DownloadOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';

/** Takes the trail away as a file, with a reason. */
export function ExportButton() {
  const { t } = useTranslation('audit');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        {t('export')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={480} title={t('export')}>
        <ExportForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ExportForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('audit');
  const { t: ta } = useTranslation('approvals');
  const textOf = useFaultText();
  const start = api.useMutation('post', '/audit-exports', {
    // The dialog of the frame asks for the second person.
    onError: (error) => asFault(error).code === 'APPROVAL_REQUIRED' && onClose(),
  });
  if (start.data) {
    return (
      <>
        <p style={{ marginBottom: 12 }}>{ta('fileHint')}</p>
        <Button type="primary" href={start.data.file} download>
          {ta('download')}
        </Button>
      </>
    );
  }
  return (
    <Form<{ reason: string }> layout="vertical" requiredMark={false} onFinish={(body) => start.mutate({ body })}>
      <p style={{ marginBottom: 12 }}>{t('exportHint')}</p>
      <Form.Item
        name="reason"
        label={ta('reason')}
        rules={[{ required: true, whitespace: true, message: ta('reasonNeeded') }]}
      >
        <Input.TextArea maxLength={500} rows={3} autoFocus />
      </Form.Item>
      <FormFault text={start.error ? textOf(start.error) : undefined} />
      <Button type="primary" htmlType="submit" loading={start.isPending}>
        {t('exportGo')}
      </Button>
    </Form>
  );
}
