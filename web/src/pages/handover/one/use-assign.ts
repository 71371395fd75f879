import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../../api';
import { type Assignment, type NamedItems, renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';

/** An assignment that was made, with what it takes to make it again and to take it back. */
interface Move {
  forth: Assignment[];
  back: Assignment[];
}

/** Who gets what, by hand, as long as it is a draft; every step of this visit can be undone and done again. */
export function useAssign(id: string) {
  const { t } = useTranslation('handoverPlans');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [past, setPast] = useState<Move[]>([]);
  const [future, setFuture] = useState<Move[]>([]);
  const { mutateAsync, isPending } = api.useMutation('post', '/handovers/{id}/assignments', {
    onSuccess: renewHandovers,
  });
  const send = (changes: Assignment[]) => mutateAsync({ params: { path: { id } }, body: { changes } });
  const tell = (thrown: unknown) => {
    if (asFault(thrown).status === 409) renewHandovers();
    void message.error(textOf(thrown));
  };

  return {
    isPending,
    canUndo: past.length > 0,
    canRedo: future.length > 0,

    /** @param to nobody when null */
    async assign(items: NamedItems, to: { userid: string; name: string } | null): Promise<void> {
      try {
        const { changed, before } = await send([{ ...items, to_userid: to?.userid ?? null }]);
        if (changed === 0) return void message.info(t('nothingChanged'));
        const forth = [{ item_ids: before.map(({ item_id }) => item_id), to_userid: to?.userid ?? null }];
        setPast((moves) => [...moves, { forth, back: backOf(before) }]);
        setFuture([]);
        void message.success(
          to ? t('assigned', { count: changed, name: to.name }) : t('unassigned', { count: changed }),
        );
      } catch (thrown) {
        tell(thrown);
      }
    },

    async undo(): Promise<void> {
      const move = past.at(-1);
      if (!move || isPending) return;
      try {
        const { changed } = await send(move.back);
        setPast(past.slice(0, -1));
        setFuture([...future, move]);
        void message.success(t('undone', { count: changed }));
      } catch (thrown) {
        tell(thrown);
      }
    },

    async redo(): Promise<void> {
      const move = future.at(-1);
      if (!move || isPending) return;
      try {
        const { changed } = await send(move.forth);
        setFuture(future.slice(0, -1));
        setPast([...past, move]);
        void message.success(t('redone', { count: changed }));
      } catch (thrown) {
        tell(thrown);
      }
    },
  };
}

/** Everything back to whom it was for before, one change for each of them. */
function backOf(before: readonly { item_id: number; to_userid: string | null }[]): Assignment[] {
  const ids = new Map<string | null, number[]>();
  for (const { item_id, to_userid } of before) ids.set(to_userid, [...(ids.get(to_userid) ?? []), item_id]);
  return [...ids].map(([to_userid, item_ids]) => ({ item_ids, to_userid }));
}
