import { Facts } from '../components/facts';
import { RecordValue } from './record-value';
import { fieldsBySection, type Section } from './sections';
import type { RecordRow, RecordType } from './types';
import { useRecordWords } from './use-record-words';

interface Props {
  type: RecordType;
  record: RecordRow;
  section: Section;
  /** Shown elsewhere on the page. */
  without?: readonly string[];
}

/** The fields of one section with their values. */
export function RecordFacts({ type, record, section, without = [] }: Props) {
  const words = useRecordWords();
  const fields = fieldsBySection(type, type.fields).find(([found]) => found === section)?.[1] ?? [];
  return (
    <Facts
      items={fields
        .filter(({ key }) => !without.includes(key))
        .map((field) => ({
          label: words.field(type, field.key),
          value: <RecordValue type={type} field={field} record={record} />,
        }))}
    />
  );
}
