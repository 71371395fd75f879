import { CheckOutlined, LoadingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Difference, GroupChat, InboxEvent, Relation, Run, Staff } from '../api';
import { type Evidence, StateTag, type Tone } from './state-tag';

const relationTones: Record<Relation['state'], Tone> = {
  active: 'neutral',
  half: 'active',
  deleted_by_staff: 'lost',
  deleted_by_external: 'lost',
  deleted_by_both: 'lost',
  transferred_out: 'neutral',
  unassigned: 'person',
  out_of_scope: 'neutral',
  missing: 'lost',
};

interface RelationProps {
  state: Relation['state'];
  /** A read lacked it, and no second read has confirmed that yet. */
  absentSince?: string | null;
  evidence?: Evidence;
}

/** The state of a relation in words. */
export function RelationStateTag({ state, absentSince, evidence }: RelationProps) {
  const { t } = useTranslation('states');
  if (absentSince && state !== 'missing') {
    return (
      <StateTag tone="person" evidence="derived">
        {t('missingUnconfirmed')}
      </StateTag>
    );
  }
  return (
    <StateTag
      tone={relationTones[state]}
      evidence={evidence ?? (state === 'missing' ? 'derived' : 'official')}
      icon={state === 'active' ? <CheckOutlined /> : undefined}
    >
      {t(`relation.${state}`)}
    </StateTag>
  );
}

const runTones: Record<Run['state'], Tone> = {
  queued: 'neutral',
  running: 'active',
  succeeded: 'proved',
  failed: 'lost',
  cancelled: 'neutral',
};

export function RunStateTag({ state }: { state: Run['state'] }) {
  const { t } = useTranslation('states');
  return (
    <StateTag tone={runTones[state]} icon={state === 'running' ? <LoadingOutlined /> : undefined}>
      {t(`run.${state}`)}
    </StateTag>
  );
}

const inboxTones: Record<InboxEvent['state'], Tone> = {
  pending: 'active',
  done: 'proved',
  ignored: 'neutral',
  parked: 'person',
};

export function InboxStateTag({ state }: { state: InboxEvent['state'] }) {
  const { t } = useTranslation('states');
  return <StateTag tone={inboxTones[state]}>{t(`inbox.${state}`)}</StateTag>;
}

const differenceTones: Record<Difference['state'], Tone> = {
  applied: 'proved',
  unconfirmed: 'circumstantial',
  confirmed: 'lost',
  withdrawn: 'neutral',
  held: 'person',
};

export function DifferenceStateTag({ state }: { state: Difference['state'] }) {
  const { t } = useTranslation('states');
  return (
    <StateTag tone={differenceTones[state]} evidence={state === 'unconfirmed' ? 'circumstantial' : 'official'}>
      {t(`difference.${state}`)}
    </StateTag>
  );
}

const chatTones: Record<GroupChat['state'], Tone> = { active: 'neutral', dismissed: 'lost', missing: 'lost' };

export function GroupChatStateTag({ state }: { state: GroupChat['state'] }) {
  const { t } = useTranslation('states');
  return (
    <StateTag
      tone={chatTones[state]}
      evidence={state === 'missing' ? 'derived' : 'official'}
      icon={state === 'active' ? <CheckOutlined /> : undefined}
    >
      {t(`groupChat.${state}`)}
    </StateTag>
  );
}

const staffTones: Record<Staff['status'], Tone> = {
  active: 'neutral',
  disabled: 'neutral',
  inactive: 'neutral',
  left: 'lost',
  unknown: 'neutral',
};

export function StaffStatusTag({ status }: { status: Staff['status'] }) {
  const { t } = useTranslation('states');
  return (
    <StateTag tone={staffTones[status]} icon={status === 'active' ? <CheckOutlined /> : undefined}>
      {t(`staff.${status}`)}
    </StateTag>
  );
}
