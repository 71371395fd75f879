import { api } from '../api';
import { Cut } from '../components/cut';

const query = { params: { query: { kind: 'customer' as const } } };

function useCategories() {
  const { data } = api.useQuery('get', '/categories', query, { staleTime: 300_000 });
  return data?.items ?? [];
}

export function CategoryName({ id }: { id: string }) {
  return <Cut text={useCategories().find((one) => one.id === id)?.name ?? id} />;
}

interface Node {
  value: string;
  title: string;
  children: Node[];
}

/** Categories of customers, each under its parent. */
export function useCategoryTree(): Node[] {
  const categories = useCategories();
  const below = (parent: string | null): Node[] =>
    categories
      .filter(({ parent_id }) => parent_id === parent)
      .map(({ id, name }) => ({ value: id, title: name, children: below(id) }));
  return below(null);
}
