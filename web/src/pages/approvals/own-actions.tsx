import { App, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Approval, api, invalidate } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { Once } from '../../components/once';
import { addressOf } from '../../lib/address-of';
import styles from './approvals.module.css';

/** What the shared acts of the archive change. */
const archivePaths = [
  '/archive/exports',
  '/archive/holds',
  '/archive/holds/{id}',
  '/archive/retention-rules',
  '/archive/retention-runs',
] as const;

/** What the requester does with a request: carry it out once it is approved, or take it back. */
export function OwnActions({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const handlers = { onError: (error: unknown) => void message.error(textOf(error)) };
  const params = { path: { id: approval.id } };
  const refresh = () => invalidate('/approvals', '/users', '/api-tokens', '/audit-exports', ...archivePaths);
  const execute = api.useMutation('post', '/approvals/{id}/execute', {
    ...handlers,
    onSuccess: ({ result }) => {
      if (hasSomethingToShow(result)) return;
      void message.success(t('executed'));
      refresh();
    },
  });
  const withdraw = api.useMutation('post', '/approvals/{id}/withdraw', { ...handlers, onSettled: refresh });
  return (
    <div className={styles.buttons}>
      {approval.state === 'approved' && (
        <Button type="primary" loading={execute.isPending} onClick={() => execute.mutate({ params })}>
          {t('execute')}
        </Button>
      )}
      <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
        {t('withdraw')}
      </Button>
      <Modal
        open={hasSomethingToShow(execute.data?.result)}
        onCancel={() => {
          execute.reset();
          refresh();
        }}
        footer={null}
        mask={{ closable: false }}
        width={560}
        title={t('executed')}
      >
        <Outcome result={execute.data?.result ?? {}} />
      </Modal>
    </div>
  );
}

type Result = Record<string, unknown> | null | undefined;

/** Links and tokens are shown in this moment only. */
const hasSomethingToShow = (result: Result): boolean =>
  ['sign_in_path', 'token', 'file'].some((name) => typeof result?.[name] === 'string');

function Outcome({ result }: { result: Record<string, unknown> }) {
  const { t } = useTranslation('approvals');
  const { t: ta } = useTranslation('access');
  const { sign_in_path: path, token, file } = result;
  if (typeof path === 'string')
    return <Once secret={addressOf(path)} hint={ta('linkOnce')} copyLabel={ta('copyLink')} />;
  if (typeof token === 'string') return <Once secret={token} hint={ta('tokenOnce')} copyLabel={ta('copyToken')} />;
  if (typeof file !== 'string') return null;
  return (
    <>
      <p>{t('fileHint')}</p>
      <Button type="primary" href={file} download>
        {t('download')}
      </Button>
    </>
  );
}
