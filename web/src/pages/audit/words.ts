import { useWord } from '../../lib/use-word';

/** What a verification found, in words. */
export function useFaultName(): (kind: string) => string {
  const wordOf = useWord('audit');
  return (kind) => wordOf(`fault.${kind}`) ?? kind;
}
