import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelationHistoryEntry } from '../../../api';
import { Change } from '../../../components/history';
import { MaskedTexts } from '../../../components/masked';
import { beforeAfterOf, detailOf, listFrom, textOf } from '../../../lib/detail';
import { useWord } from '../../../lib/use-word';
import { useAddWay } from '../add-way';
import { useTagName } from '../tag-names';

/** What exactly changed, old and new; nothing where the sentence says it all. */
export function ContactHistoryDetail({ entry }: { entry: RelationHistoryEntry }) {
  const detail = detailOf(entry.detail);
  if (entry.kind === 'transfer_failed') return <FailReason reason={textOf(detail.reason)} />;
  return Object.entries(detail).map(([field, value]) => <Field key={field} field={field} value={value} />);
}

function Field({ field, value }: { field: string; value: unknown }) {
  const show = useFieldText(field);
  const label = useWord('externalContacts')(`field.${field}`) ?? field;
  const change = isList(field) ? undefined : beforeAfterOf(value);
  if (!change) return <Change label={label} after={show(value)} />;
  return <Change label={label} before={show(change.before)} after={show(change.after)} />;
}

const isList = (field: string): boolean => field === 'tags_added' || field === 'tags_removed';

/** How the values of a field are written. */
function useFieldText(field: string): (value: unknown) => ReactNode {
  const { t: tc } = useTranslation();
  const addWayOf = useAddWay();
  const tagNameOf = useTagName();
  if (field === 'add_way') return (value) => (typeof value === 'number' ? addWayOf(value) : textOf(value));
  if (field === 'remark_mobiles') return (value) => shown(mobilesOf(value));
  if (isList(field)) {
    return (value) =>
      listFrom(value)
        // Personal tags have no id of their own and are kept by name.
        .map((key) => (key.startsWith('name:') ? key.slice('name:'.length) : tagNameOf(key)))
        .join(tc('listSeparator'));
  }
  if (field === 'description') return (value) => shown(listFrom(value));
  return textOf;
}

const shown = (texts: string[]): ReactNode => (texts.length > 0 ? <MaskedTexts texts={texts} /> : null);

/** Kept as the JSON text of a list. */
function mobilesOf(value: unknown): string[] {
  if (typeof value !== 'string') return listFrom(value);
  try {
    return listFrom(JSON.parse(value));
  } catch {
    return listFrom(value);
  }
}

function FailReason({ reason }: { reason: string }) {
  const wordOf = useWord('externalContacts');
  if (!reason) return null;
  return <div>{wordOf(`failReason.${reason}`) ?? <code>{reason}</code>}</div>;
}
