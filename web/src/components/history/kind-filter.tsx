import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import styles from './history.module.css';

export type Families = Readonly<Record<string, readonly string[]>>;

export const otherFamily = 'other';
const parameter = 'kind';

/** The family of kinds that is shown; it stands in the address, so a link shows a colleague the same. */
export function useFamily(families: Families) {
  const [params, setParams] = useSearchParams();
  const familyOf = useCallback(
    (kind: string): string => Object.entries(families).find(([, kinds]) => kinds.includes(kind))?.[0] ?? otherFamily,
    [families],
  );
  const choose = (family: string | undefined) =>
    setParams(
      (known) => {
        if (family) known.set(parameter, family);
        else known.delete(parameter);
        return known;
      },
      { replace: true, preventScrollReset: true },
    );
  return { family: params.get(parameter) ?? undefined, choose, familyOf };
}

interface Props {
  /** Families that have entries. */
  present: string[];
  chosen: string | undefined;
  nameOf(family: string): string;
  choose(family: string | undefined): void;
}

/** One row of words; the pressed one is what the timeline shows. */
export function KindFilter({ present, chosen, nameOf, choose }: Props) {
  const { t } = useTranslation();
  const offered = chosen && !present.includes(chosen) ? [...present, chosen] : present;
  if (offered.length < 2) return null;
  return (
    <fieldset className={styles.kinds} aria-label={t('historyKinds')}>
      <Kind pressed={!chosen} onClick={() => choose(undefined)} name={t('historyAll')} />
      {offered.map((family) => (
        <Kind key={family} pressed={family === chosen} onClick={() => choose(family)} name={nameOf(family)} />
      ))}
    </fieldset>
  );
}

function Kind({ pressed, name, onClick }: { pressed: boolean; name: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.kind} aria-pressed={pressed} onClick={onClick}>
      {name}
    </button>
  );
}
