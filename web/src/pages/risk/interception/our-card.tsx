import { App, Button, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isActive, type OpenedInterception, type Run, useCan } from '../../../api';
import { Facts } from '../../../components/facts';
import { FaultNote, useFaultText } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Panel } from '../../../components/panel';
import { RunProgress } from '../../../components/run-list';
import { StateTag, type Tone } from '../../../components/state-tag';
import { TimeText } from '../../../components/time-text';
import { useDepartmentName } from '../../staff/use-departments';
import styles from './interception.module.css';
import { editsOf } from './rules';
import { RulesAtWecom } from './rules-at-wecom';
import { ChangeInterception } from './settings-form';
import { notePush, useInterception } from './use-interception';

interface Props {
  id: string;
  push: Run | undefined;
}

/** A word list of ours at WeCom: whom it holds for, how the push goes, and what others made of it. */
export function OurCard({ id, push }: Props) {
  const { data, error, refetch } = useInterception(id);
  if (data) return <Known one={data} push={push} />;
  return (
    <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={4} />}</Panel>
  );
}

interface KnownProps {
  one: OpenedInterception;
  push: Run | undefined;
}

function Known({ one, push }: KnownProps) {
  const mayManage = useCan('rules:manage');
  return (
    <Panel>
      <div className={styles.head}>
        <h3 className={styles.title}>
          <bdi>{one.list_name}</bdi>
        </h3>
        <States one={one} />
        {mayManage && one.state !== 'removing' && <Acts one={one} isBusy={push !== undefined && isActive(push)} />}
      </div>
      <Pushing one={one} push={push} />
      <div className={styles.halves}>
        <Settings one={one} />
        <RulesAtWecom rules={one.rules} />
      </div>
    </Panel>
  );
}

const tones: Record<OpenedInterception['state'], Tone> = { waiting: 'active', pushed: 'proved', removing: 'active' };

function States({ one: { state, rules } }: Pick<KnownProps, 'one'>) {
  const { t } = useTranslation('interception');
  return (
    <span className={styles.states}>
      <StateTag tone={tones[state]}>{t(`stateOf.${state}`)}</StateTag>
      {editsOf(rules) > 0 && <StateTag tone="person">{t('changedThere')}</StateTag>}
    </span>
  );
}

function Pushing({ one: { state }, push }: KnownProps) {
  const { t } = useTranslation('interception');
  if (push && isActive(push)) {
    return (
      <div className={styles.pushing}>
        <p>{t(state === 'removing' ? 'removing' : 'pushing')}</p>
        <RunProgress run={push} />
      </div>
    );
  }
  if (push?.state !== 'failed') return null;
  return <p className={styles.lost}>{t('pushFailed', { error: push.error ?? '' })}</p>;
}

function Settings({ one }: Pick<KnownProps, 'one'>) {
  const { t } = useTranslation('interception');
  const { t: tc } = useTranslation();
  const { type, semantics, userids, department_ids: departments, pushed_at, left_out } = one;
  const nameOf = useDepartmentName();
  const range = [
    ...(userids.length > 0 ? [t('someStaff', { count: userids.length })] : []),
    ...(departments.length > 0 ? [t('someDepartments', { count: departments.length })] : []),
  ];
  return (
    <Facts
      items={[
        { label: t('type'), value: t(`typeOf.${type}`) },
        {
          label: t('range'),
          value: (
            <span title={departments.map(nameOf).join(tc('listSeparator'))}>{range.join(tc('listSeparator'))}</span>
          ),
        },
        {
          label: t('semantics'),
          value: semantics.map((kind) => t(`semanticsOf.${kind}`)).join(tc('listSeparator')) || tc('none'),
        },
        { label: t('pushedAt'), value: <TimeText at={pushed_at} none={t('neverPushed')} /> },
        ...(left_out > 0 ? [{ label: t('leftOut'), value: t('leftOutOf', { count: left_out }) }] : []),
      ]}
    />
  );
}

function Acts({ one, isBusy }: { one: OpenedInterception; isBusy: boolean }) {
  const { t } = useTranslation('interception');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [isOpen, setOpen] = useState(false);
  const params = { path: { id: one.id } };
  const told = {
    onSuccess(run: Run) {
      notePush(run);
      void message.success(t('pushStarted'));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  };
  const push = api.useMutation('post', '/interception-rules/{id}/pushes', told);
  const remove = api.useMutation('delete', '/interception-rules/{id}', told);
  return (
    <span className={styles.acts}>
      <Button onClick={() => setOpen(true)}>{t('change')}</Button>
      <Popconfirm title={t('push')} description={t('pushHint')} onConfirm={() => push.mutate({ params })}>
        <Button loading={push.isPending || isBusy}>{t('push')}</Button>
      </Popconfirm>
      <Popconfirm
        title={t('removeTitle', { name: one.list_name })}
        description={t('removeHint')}
        okText={t('remove')}
        okButtonProps={{ danger: true }}
        onConfirm={() => remove.mutate({ params })}
      >
        <Button danger loading={remove.isPending}>
          {t('remove')}
        </Button>
      </Popconfirm>
      <Modal open={isOpen} onCancel={() => setOpen(false)} footer={null} destroyOnHidden title={t('change')}>
        <ChangeInterception one={one} onClose={() => setOpen(false)} />
      </Modal>
    </span>
  );
}
