import { useMemo } from 'react';
import { listOf, type RelationHistoryEntry } from '../../../api';
import { HistoryTimeline } from '../../../components/history';
import type { Tone } from '../../../components/state-tag';
import { useWord } from '../../../lib/use-word';
import { ContactHistoryDetail } from './contact-history-detail';
import { ContactHistoryText } from './contact-history-text';

const families = {
  begin: ['added', 'half_added', 'reappeared', 'in_scope'],
  loss: ['staff_deleted', 'external_deleted', 'missing', 'out_of_scope'],
  handover: ['transferred_out', 'transfer_failed', 'unassigned'],
  edited: ['edited'],
} as const;

const tones: Readonly<Record<string, Tone>> = {
  added: 'active',
  half_added: 'active',
  staff_deleted: 'lost',
  external_deleted: 'lost',
  missing: 'lost',
  transfer_failed: 'person',
  unassigned: 'person',
};

/** One timeline of all relations of the contact. */
export function ContactHistory({ externalUserid }: { externalUserid: string }) {
  const wordOf = useWord('externalContacts');
  const source = useMemo(
    () => listOf('/external-contacts/{external_userid}/history', { external_userid: externalUserid }),
    [externalUserid],
  );
  return (
    <HistoryTimeline<RelationHistoryEntry>
      source={source}
      words={{
        families,
        familyName: (family) => wordOf(`family.${family}`) ?? family,
        text: (entry) => <ContactHistoryText entry={entry} />,
        detail: (entry) => <ContactHistoryDetail entry={entry} />,
        tone: ({ kind }) => tones[kind] ?? 'neutral',
      }}
    />
  );
}
