import { SearchOutlined } from '@ant-design/icons';
import { Input, Tree } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Department } from '../../api';
import { Cut } from '../../components/cut';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { branchKeys, type DepartmentNode, departmentNodes, pathTo, pruned } from './department-nodes';
import styles from './staff.module.css';
import { nameIn, useDepartments } from './use-departments';
import { useTreeHeight } from './use-tree-height';

interface Props {
  chosen: string | undefined;
  choose(departmentId: string | undefined): void;
}

/** The departments with their number of direct members; a click shows the staff of one. */
export function DepartmentTree({ chosen, choose }: Props) {
  const { t } = useTranslation('staff');
  const departments = useDepartments();
  const [typed, setTyped] = useState('');
  if (departments.isPending) return <Loading rows={6} />;
  if (departments.error) {
    return <FaultNote error={departments.error} onRetry={() => void departments.refetch()} small />;
  }
  if (!departments.data.some(({ deleted_at }) => !deleted_at)) return <Note small>{t('departmentsEmpty')}</Note>;
  return (
    <>
      <Input
        className={styles.treeSearch ?? ''}
        prefix={<SearchOutlined aria-hidden />}
        allowClear
        value={typed}
        placeholder={t('departmentSearch')}
        aria-label={t('departmentSearch')}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button
        type="button"
        className={styles.everyone}
        aria-pressed={chosen === undefined}
        onClick={() => choose(undefined)}
      >
        {t('everyone')}
      </button>
      <Branches departments={departments.data} typed={typed.trim()} chosen={chosen} choose={choose} />
    </>
  );
}

function Branches({ departments, typed, chosen, choose }: Props & { departments: Department[]; typed: string }) {
  const { t } = useTranslation('staff');
  const whole = useMemo(() => departmentNodes(departments), [departments]);
  const [opened, setOpened] = useState<string[]>(() => [
    ...firstOpen(whole),
    ...pathTo(whole, chosen),
    ...(chosen ? [chosen] : []),
  ]);
  const height = useTreeHeight();
  const wanted = typed.toLowerCase();
  const nodes = useMemo(() => (wanted ? pruned(whole, (one) => isNamed(one, wanted)) : whole), [whole, wanted]);
  if (nodes.length === 0) return <Note small>{t('departmentsNoMatch', { text: typed })}</Note>;
  return (
    <Tree<DepartmentNode<Department>>
      blockNode
      height={height}
      className={styles.tree ?? ''}
      treeData={nodes}
      expandedKeys={wanted ? branchKeys(nodes) : opened}
      onExpand={(keys) => setOpened(keys.map(String))}
      selectedKeys={chosen ? [chosen] : []}
      onSelect={(_keys, { node }) => {
        // Only direct members are listed, so what is below comes into sight too.
        setOpened((known) => [...new Set([...known, node.key])]);
        choose(node.key === chosen ? undefined : node.key);
      }}
      titleRender={({ department }) => <Branch department={department} />}
    />
  );
}

/** Two levels, so that even a large company fits the screen. */
const firstOpen = (roots: readonly DepartmentNode<Department>[]): string[] =>
  roots.length === 1 ? roots.map(({ key }) => key) : [];

const isNamed = ({ name, name_en }: Department, wanted: string): boolean =>
  [name, name_en].some((text) => text?.toLowerCase().includes(wanted));

function Branch({ department }: { department: Department }) {
  const { t, i18n } = useTranslation('staff');
  const name = nameIn(department, i18n.language) ?? t('unknownDepartment', { id: department.id });
  return (
    <span className={styles.branch}>
      <Cut text={name} />
      <span className={styles.count} title={t('directCount', { count: department.staff_count })}>
        {department.staff_count}
      </span>
    </span>
  );
}
