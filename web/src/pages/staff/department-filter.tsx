import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Department } from '../../api';
import type { QueryFilter } from '../../components/query-table';
import { type DepartmentNode, departmentNodes } from './department-nodes';
import { nameIn, useDepartmentName, useDepartments } from './use-departments';

type CustomFilter<F extends string> = Extract<QueryFilter<F>, { kind: 'custom' }>;

/** A filter whose value is the id of a department. */
export const departmentFilter = <F extends string>(key: F, label: string): CustomFilter<F> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <DepartmentSelect value={value} onChange={onChange} />,
  display: (id) => <DepartmentName id={Number(id)} />,
});

export function DepartmentName({ id }: { id: number }) {
  return <bdi>{useDepartmentName()(id)}</bdi>;
}

interface Props {
  value: string | undefined;
  onChange(id: string | undefined): void;
  /** Of a field in a form, whose label then names it: as wide as the form, and closed until it is used. */
  id?: string | undefined;
}

export function DepartmentSelect({ value, onChange, id }: Props) {
  const { t } = useTranslation('staff');
  const { options, isFetching } = useOptions();
  return (
    <TreeSelect
      {...(id ? { id } : { 'aria-label': t('departmentSearch'), autoFocus: true, defaultOpen: true })}
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      style={{ width: id ? '100%' : 260 }}
      treeData={options}
      loading={isFetching}
      value={value ?? null}
      placeholder={t('departmentSearch')}
      onChange={(next: string | null) => onChange(next ?? undefined)}
    />
  );
}

interface ListProps {
  id?: string;
  value?: number[];
  onChange?(ids: number[]): void;
}

/** Several at once; in a form. */
export function DepartmentListField({ id, value = [], onChange }: ListProps) {
  const { t } = useTranslation('staff');
  const nameOf = useDepartmentName();
  const { options, isFetching } = useOptions();
  return (
    <TreeSelect<{ value: string; label: string }[]>
      {...(id ? { id } : {})}
      multiple
      labelInValue
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      style={{ width: '100%' }}
      treeData={options}
      loading={isFetching}
      value={value.map((one) => ({ value: String(one), label: nameOf(one) }))}
      placeholder={t('departmentSearch')}
      onChange={(chosen) => onChange?.(chosen.map((one) => Number(one.value)))}
    />
  );
}

function useOptions() {
  const { i18n } = useTranslation('staff');
  const { data, isFetching } = useDepartments();
  const options = useMemo(() => optionsOf(departmentNodes(data ?? []), i18n.language), [data, i18n.language]);
  return { options, isFetching };
}

interface Option {
  value: string;
  title: string;
  children: Option[];
}

const optionsOf = (nodes: readonly DepartmentNode<Department>[], language: string): Option[] =>
  nodes.map(({ key, department, children }) => ({
    value: key,
    title: nameIn(department, language) ?? key,
    children: optionsOf(children, language),
  }));
