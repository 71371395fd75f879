import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../../api';
import { type Assignment, type NamedItems, renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';

/** A change that was made: how to make it again and how to take it back. Each tells how many it was. */
interface Move {
  forth(): Promise<number>;
  back(): Promise<number>;
}

/** Who gets what, and what is left out, by hand, as long as it is a draft; every step of this visit can be undone. */
export function useMoves(id: string) {
  const { t } = useTranslation('handoverPlans');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [past, setPast] = useState<Move[]>([]);
  const [future, setFuture] = useState<Move[]>([]);
  const { isPending, ...send } = useSend(id);

  /** Does it, and tells; @returns what came of it, unless it failed */
  async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (thrown) {
      if (asFault(thrown).status === 409) renewHandovers();
      void message.error(textOf(thrown));
      return undefined;
    }
  }

  function made(move: Move, words: string): void {
    setPast((moves) => [...moves, move]);
    setFuture([]);
    void message.success(words);
  }

  return {
    isPending,
    canUndo: past.length > 0,
    canRedo: future.length > 0,

    /** @param to nobody when null */
    async assign(items: NamedItems, to: { userid: string; name: string } | null): Promise<void> {
      const to_userid = to?.userid ?? null;
      const answer = await attempt(() => send.assign([{ ...items, to_userid }]));
      if (!answer) return;
      const { changed: count, before } = answer;
      if (count === 0) return void message.info(t('nothingChanged'));
      const [forth, back] = [[{ item_ids: before.map(({ item_id }) => item_id), to_userid }], backOf(before)];
      const countOf = async (changes: Assignment[]) => (await send.assign(changes)).changed;
      made(
        { forth: () => countOf(forth), back: () => countOf(back) },
        to ? t('assigned', { count, name: to.name }) : t('unassigned', { count }),
      );
    },

    /** Out of the plan. */
    async remove(items: NamedItems): Promise<void> {
      const answer = await attempt(() => send.remove(items));
      if (!answer) return;
      const { removed: count, item_ids } = answer;
      if (count === 0) return void message.info(t('nothingChanged'));
      made(
        { forth: async () => (await send.remove({ item_ids })).removed, back: () => send.restore({ item_ids }) },
        t('removed', { count }),
      );
    },

    async undo(): Promise<void> {
      const move = past.at(-1);
      if (!move || isPending) return;
      const count = await attempt(move.back);
      if (count === undefined) return;
      setPast(past.slice(0, -1));
      setFuture([...future, move]);
      void message.success(t('undone', { count }));
    },

    async redo(): Promise<void> {
      const move = future.at(-1);
      if (!move || isPending) return;
      const count = await attempt(move.forth);
      if (count === undefined) return;
      setFuture(future.slice(0, -1));
      setPast([...past, move]);
      void message.success(t('redone', { count }));
    },

    /** The plan is another one: what was before would undo the rule. */
    forget(): void {
      setPast([]);
      setFuture([]);
    },
  };
}

export type Moves = ReturnType<typeof useMoves>;

function useSend(id: string) {
  const options = { onSuccess: renewHandovers };
  const assignments = api.useMutation('post', '/handovers/{id}/assignments', options);
  const removals = api.useMutation('post', '/handovers/{id}/removals', options);
  const restorations = api.useMutation('post', '/handovers/{id}/restorations', options);
  const params = { path: { id } };
  return {
    isPending: assignments.isPending || removals.isPending || restorations.isPending,
    assign: (changes: Assignment[]) => assignments.mutateAsync({ params, body: { changes } }),
    remove: (body: NamedItems) => removals.mutateAsync({ params, body }),
    restore: async (body: NamedItems) => (await restorations.mutateAsync({ params, body })).restored,
  };
}

/** Everything back to whom it was for before, one change for each of them. */
function backOf(before: readonly { item_id: number; to_userid: string | null }[]): Assignment[] {
  const ids = new Map<string | null, number[]>();
  for (const { item_id, to_userid } of before) ids.set(to_userid, [...(ids.get(to_userid) ?? []), item_id]);
  return [...ids].map(([to_userid, item_ids]) => ({ item_ids, to_userid }));
}
