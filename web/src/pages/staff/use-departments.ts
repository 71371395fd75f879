import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Department, listOf } from '../../api';

const source = listOf('/departments');

/** More than this and the company has no tree that a person could read. */
const mostPages = 100;

/** All departments, deleted ones too: leavers may still belong to one. */
async function readAll(signal: AbortSignal): Promise<Department[]> {
  const departments: Department[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < mostPages && cursor !== null; page += 1) {
    const query = { deleted: 'true', limit: '200', ...(cursor ? { cursor } : {}) };
    const answer = await source.load(query, signal);
    departments.push(...answer.items);
    cursor = answer.next_cursor;
  }
  return departments;
}

export const useDepartments = () =>
  useQuery({ queryKey: [...source.key, 'all'], queryFn: ({ signal }) => readAll(signal), staleTime: 60_000 });

/** The name of a department, whatever is known of it. */
export function useDepartmentName(): (id: number) => string {
  const { t, i18n } = useTranslation('staff');
  const { data } = useDepartments();
  const known = useMemo(() => new Map(data?.map((department) => [department.id, department])), [data]);
  return (id) => {
    const department = known.get(id);
    const name = department && nameIn(department, i18n.language);
    if (!name) return t('unknownDepartment', { id });
    return department.deleted_at ? t('deletedDepartment', { name }) : name;
  };
}

/** WeCom keeps an English name beside the Chinese one where the company gave one. */
export const nameIn = ({ name, name_en }: Department, language: string): string | null =>
  language === 'en' ? name_en || name : name;
