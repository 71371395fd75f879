import { DownloadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ArchiveExport } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { Facts } from '../../components/facts';
import { Panel } from '../../components/panel';
import { RunStateTag } from '../../components/states';
import { AgeText, TimeText } from '../../components/time-text';
import { sizeText } from '../../lib/size';
import styles from './exports.module.css';
import { Filters } from './filters';
import { useApprover } from './use-exports';

/** One export: what is in it, how far it is, and the file. */
export function ExportCard({ one }: { one: ArchiveExport }) {
  const { t } = useTranslation('archiveExports');
  const { t: tc } = useTranslation('states');
  const approverOf = useApprover();
  const { state, matter, reason, messages, approved_by, created_at, expires_at, bytes, sha256, file, error } = one;
  const title = matter ?? reason;
  return (
    <Panel>
      <div className={styles.head}>
        <h3 className={styles.title} title={title}>
          {title}
        </h3>
        <RunStateTag state={state} />
      </div>
      {(state === 'queued' || state === 'running') && <Making one={one} label={tc(`run.${state}`)} />}
      {error && <p className={styles.lost}>{error}</p>}
      <Facts
        items={[
          { label: t('contains'), value: <Filters filters={one.filters} /> },
          { label: t('messages'), value: messages.toLocaleString() },
          ...(matter ? [{ label: t('reason'), value: reason }] : []),
          ...(approved_by ? [{ label: t('approvedBy'), value: approverOf(approved_by) }] : []),
          { label: t('created'), value: <AgeText at={created_at} /> },
          { label: t('expires'), value: <TimeText at={expires_at} /> },
          ...(bytes === null ? [] : [{ label: t('size'), value: sizeText(bytes) }]),
          ...(sha256 ? [{ label: t('sha256'), value: <Hash text={sha256} /> }] : []),
        ]}
      />
      {file && (
        <div className={styles.download}>
          <Button type="primary" icon={<DownloadOutlined />} href={file} download>
            {t('download')}
          </Button>
          <span className={styles.quiet}>{t('downloadHint')}</span>
        </div>
      )}
    </Panel>
  );
}

const Hash = ({ text }: { text: string }) => (
  <>
    <code>{text}</code> <CopyButton text={text} />
  </>
);

function Making({ one: { progress }, label }: { one: ArchiveExport; label: string }) {
  const { done, total } = progress;
  const percent = total > 0 ? Math.min(99, Math.floor((done / total) * 100)) : 0;
  return <Progress percent={percent} size="small" status="active" aria-label={`${label} ${percent}%`} />;
}
