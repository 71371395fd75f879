import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { FaultNote } from '../components/fault-note';
import { Loading } from '../components/loading';
import { NoAccess } from '../components/no-access';
import { PageHeader } from '../components/page-header';
import { Panel } from '../components/panel';
import { Person } from '../components/person';
import { staffPath } from '../lib/paths';
import { FactsPanels } from './facts-panels';
import { useRecord, useRecordType } from './record-api';
import { RecordChanges } from './record-changes';
import { RecordState } from './record-state';
import styles from './records.module.css';
import { BinNote, DeleteButton } from './recycle-bin';
import { type RecordRow, type RecordType, textOf } from './types';
import { useRecordWords } from './use-record-words';

export interface RecordPart {
  type: RecordType;
  record: RecordRow;
  /** Whether it can be changed at all: not from the recycle bin, not after its end. */
  mayEdit: boolean;
}

interface Props {
  of: string;
  /** Buttons at the right of the heading, before "delete". */
  actions?: (part: RecordPart) => ReactNode;
  /** What hangs on it, above its history. */
  parts?: (part: RecordPart) => ReactNode;
  /** Facts that `parts` shows. */
  without?: readonly string[];
  isClosed?: (record: RecordRow) => boolean;
}

/** The page of one record: who it is, its facts at the left, what hangs on it and its history at the right. */
export function RecordPage(props: Props) {
  const { id = '' } = useParams();
  const words = useRecordWords();
  const { type, isKnown, error } = useRecordType(props.of);
  if (type) return <One {...props} type={type} id={id} />;
  if (error) return <FaultNote error={error} />;
  return (
    <>
      <PageHeader title={words.one({ key: props.of })} />
      {isKnown ? <NoAccess /> : <Loading rows={10} />}
    </>
  );
}

function One({ type, id, actions, parts, without, isClosed }: Props & { type: RecordType; id: string }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { data: record, error, refetch } = useRecord(type.path, id);
  if (!record) {
    return (
      <>
        <PageHeader title={words.one(type)} />
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
      </>
    );
  }
  const mayEdit = type.may_write && !record.deleted_at && !isClosed?.(record);
  const part = { type, record, mayEdit };
  const mayDelete = type.may_write && !record.deleted_at;
  return (
    <>
      <PageHeader
        title={String(record[type.title] ?? words.one(type))}
        heading={<Heading {...part} />}
        note={<Owner record={record} />}
        actions={
          <>
            {mayEdit && actions?.(part)}
            {mayDelete && <DeleteButton type={type} record={record} />}
          </>
        }
      />
      <div className={styles.stack}>
        {record.deleted_at && <BinNote type={type} record={record} />}
        <div className={styles.page}>
          <div className={styles.stack}>
            <FactsPanels type={type} record={record} mayEdit={mayEdit} without={without ?? []} />
          </div>
          <div className={styles.stack}>
            {parts?.(part)}
            <Panel title={t('history')}>
              <RecordChanges type={type} record={record} />
            </Panel>
          </div>
        </div>
      </div>
    </>
  );
}

function Heading({ type, record }: RecordPart) {
  const status = textOf(record, 'status');
  return (
    <span className={styles.headings}>
      <bdi>{String(record[type.title] ?? '')}</bdi>
      {textOf(record, 'code') && <span className={styles.code}>{textOf(record, 'code')}</span>}
      {status && <RecordState type={type} status={status} />}
    </span>
  );
}

function Owner({ record }: { record: RecordRow }) {
  const { t } = useTranslation('records');
  const userid = textOf(record, 'owner_userid');
  if (!userid) return <>{t('noOwner')}</>;
  return <Person id={userid} name={textOf(record, 'owner_name')} to={staffPath(userid)} />;
}
