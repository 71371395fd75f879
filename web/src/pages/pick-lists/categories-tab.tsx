import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Category, useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { CategoryForm } from './category-form';
import { CategoryTable } from './category-table';
import styles from './pick-lists.module.css';
import { RemoveCategory } from './remove-category';
import { type CategoryKind, kinds, useTree } from './use-tree';

type Open = { what: 'add'; parent: string | null } | { what: 'edit' | 'remove'; category: Category };

/** The trees of categories, one at a time. */
export function CategoriesTab() {
  const { t } = useTranslation('pickLists');
  const [params, setParams] = useSearchParams();
  const kind = kinds.find((one) => one === params.get('kind')) ?? 'customer';
  return (
    <Panel flush>
      <Tree key={kind} kind={kind}>
        <Segmented<CategoryKind>
          aria-label={t('kind')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kindOf.${value}`) }))}
          onChange={(next) => setParams({ tab: 'categories', kind: next })}
        />
      </Tree>
    </Panel>
  );
}

function Tree({ kind, children }: { kind: CategoryKind; children: React.ReactNode }) {
  const { t } = useTranslation('pickLists');
  const mayChange = useCan('crm:configure');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { data, error, refetch } = useTree(kind);
  return (
    <>
      <div className={styles.bar}>
        {children}
        {mayChange && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'add', parent: null })}>
            {t('addCategory')}
          </Button>
        )}
      </div>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small={Boolean(data)} />}
      {!data && !error && <Loading rows={8} />}
      {data && (
        <CategoryTable
          categories={data}
          mayChange={mayChange}
          onAdd={({ id }) => setOpen({ what: 'add', parent: id })}
          onEdit={(category) => setOpen({ what: 'edit', category })}
          onRemove={(category) => setOpen({ what: 'remove', category })}
        />
      )}
      {data && open && <Dialog kind={kind} all={data} open={open} onClose={close} />}
    </>
  );
}

interface DialogProps {
  kind: CategoryKind;
  all: Category[];
  open: Open;
  onClose(): void;
}

function Dialog({ kind, all, open, onClose }: DialogProps) {
  if (open.what === 'remove') return <RemoveCategory all={all} category={open.category} onClose={onClose} />;
  const start = open.what === 'add' ? { parent: open.parent } : { category: open.category };
  return <CategoryForm kind={kind} all={all} {...start} onClose={onClose} />;
}
