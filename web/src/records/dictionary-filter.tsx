import type { QueryFilter } from '../components/query-table';
import { DictionaryLabels } from './dictionary';
import { DictionaryField } from './inputs';
import type { RecordField } from './types';

/** A filter whose value is an item of a pick list. */
export const dictionaryFilter = (field: RecordField, label: string): QueryFilter<string> => ({
  ...{ kind: 'custom', key: field.key, label },
  editor: ({ value, onChange }) => (
    <div style={{ width: 220, display: 'grid' }}>
      <DictionaryField
        label={label}
        dictionary={field.dictionary ?? ''}
        value={value ?? null}
        onChange={(next) => onChange(next ?? undefined)}
      />
    </div>
  ),
  display: (value) => <DictionaryLabels dictionary={field.dictionary ?? ''} codes={value.split(',')} />,
});
