import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { TagView } from './shown-groups';

/** What is shown; it stands in the address, so a link shows a colleague the same. */
export function useTagView() {
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const deleted = params.get('deleted') === 'true';
  const view = useMemo<TagView>(() => ({ text, deleted }), [text, deleted]);
  const change = (next: TagView) =>
    setParams(
      { ...(next.text ? { q: next.text } : {}), ...(next.deleted ? { deleted: 'true' } : {}) },
      { replace: true },
    );
  return { view, change };
}
