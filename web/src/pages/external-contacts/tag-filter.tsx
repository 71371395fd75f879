import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QueryFilter } from '../../components/query-table';
import { useCorpTags, useTagName } from './tag-names';

type CustomFilter<F extends string> = Extract<QueryFilter<F>, { kind: 'custom' }>;

/** A filter whose value is the id of a corp tag. */
export const tagFilter = <F extends string>(key: F, label: string): CustomFilter<F> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <TagSelect value={value} onChange={onChange} />,
  display: (tagId) => <TagName tagId={tagId} />,
});

function TagName({ tagId }: { tagId: string }) {
  return <bdi>{useTagName()(tagId)}</bdi>;
}

interface Props {
  value: string | undefined;
  onChange(tagId: string | undefined): void;
}

/** Tags under the names of their groups, found by either. */
function TagSelect({ value, onChange }: Props) {
  const { t } = useTranslation('externalContacts');
  const { options, isFetching } = useOptions();
  return (
    <Select
      autoFocus
      defaultOpen
      allowClear
      showSearch={{ filterOption }}
      style={{ width: 260 }}
      placeholder={t('searchTag')}
      aria-label={t('searchTag')}
      loading={isFetching}
      value={value ?? null}
      options={options}
      onChange={(next: string | null) => onChange(next ?? undefined)}
    />
  );
}

interface ListProps {
  id?: string;
  /** Where no label of a form names the field. */
  label?: string;
  value?: string[];
  onChange?(tagIds: string[]): void;
}

/** Several at once; in a form. */
export function TagListField({ id, label, value = [], onChange }: ListProps) {
  const { t } = useTranslation('externalContacts');
  const nameOf = useTagName();
  const { options, isFetching } = useOptions();
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      mode="multiple"
      allowClear
      showSearch={{ filterOption }}
      style={{ width: '100%' }}
      placeholder={t('searchTag')}
      loading={isFetching}
      value={value}
      options={options}
      labelRender={({ value: tagId }) => <bdi>{nameOf(String(tagId))}</bdi>}
      onChange={(next) => onChange?.(next)}
    />
  );
}

function useOptions() {
  const { data, isFetching } = useCorpTags();
  const options = (data?.items ?? [])
    .filter((group) => !group.deleted_at)
    .map((group) => ({
      label: group.name,
      options: group.tags
        .filter((tag) => !tag.deleted_at)
        .map((tag) => ({ value: tag.tag_id, label: tag.name, words: `${group.name} ${tag.name}`.toLowerCase() })),
    }));
  return { options, isFetching };
}

const filterOption = (typed: string, option: object | undefined): boolean =>
  Boolean(option && 'words' in option && includes(option.words, typed));

const includes = (words: unknown, typed: string): boolean =>
  typeof words === 'string' && words.includes(typed.trim().toLowerCase());
