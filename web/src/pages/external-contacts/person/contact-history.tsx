import { useMemo } from 'react';
import { type ListSource, listOf, type RelationHistoryEntry } from '../../../api';
import { CitedTag, HistoryTimeline } from '../../../components/history';
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

interface Props {
  externalUserid: string;
  /** Only the relation to this member. */
  userid?: string | undefined;
  /** Ids of the entries that something rests on: they say so. */
  cited?: readonly string[];
}

/** One timeline of all relations of the contact, or of one. */
export function ContactHistory({ externalUserid, userid, cited = [] }: Props) {
  const wordOf = useWord('externalContacts');
  const source = useMemo(() => historyOf(externalUserid, userid), [externalUserid, userid]);
  return (
    <HistoryTimeline<RelationHistoryEntry>
      source={source}
      words={{
        families,
        familyName: (family) => wordOf(`family.${family}`) ?? family,
        text: (entry) => (
          <>
            <ContactHistoryText entry={entry} /> {cited.includes(String(entry.id)) && <CitedTag />}
          </>
        ),
        detail: (entry) => <ContactHistoryDetail entry={entry} />,
        tone: ({ kind }) => tones[kind] ?? 'neutral',
      }}
    />
  );
}

function historyOf(externalUserid: string, userid: string | undefined): ListSource<RelationHistoryEntry, never> {
  const source = listOf('/external-contacts/{external_userid}/history', { external_userid: externalUserid });
  if (userid === undefined) return source;
  const [method, path, params] = source.key;
  return {
    key: [method, path, { ...(params as object), userid }],
    async load(query, signal) {
      const { items, next_cursor } = await source.load(query, signal);
      return { items: items.filter((entry) => entry.userid === userid), next_cursor };
    },
  };
}
