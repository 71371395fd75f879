import { api } from '../api';
import { useItemLabel } from './use-record-words';

const keep = { staleTime: 300_000 };

export function useDictionary(code: string) {
  const labelOf = useItemLabel();
  const { data } = api.useQuery('get', '/dictionaries/{code}', { params: { path: { code } } }, keep);
  const items = (data?.items ?? []).map((item) => ({ value: item.code, label: labelOf(item), active: item.active }));
  return { items, labelOf: (item: string) => items.find(({ value }) => value === item)?.label ?? item };
}

/** An item of a pick list, as the reader calls it. */
export function DictionaryLabel({ dictionary, code }: { dictionary: string; code: string }) {
  return <bdi>{useDictionary(dictionary).labelOf(code)}</bdi>;
}

/** Several, as a filter names them. */
export function DictionaryLabels({ dictionary, codes }: { dictionary: string; codes: readonly string[] }) {
  const { labelOf } = useDictionary(dictionary);
  return <bdi>{codes.map(labelOf).join(' / ')}</bdi>;
}
