import { useTranslation } from 'react-i18next';
import { useWord } from '../../../lib/use-word';
import { useDetectorName } from '../../findings/finding-words';

/** What can be done with a kind of subject: to end it, to open it for all again, or to give it to somebody. */
const acts: Readonly<Record<string, 'end' | 'release' | 'give'>> = {
  approval: 'end',
  api_token: 'end',
  collaborator: 'end',
  finding_review: 'release',
  webhook: 'give',
};

export const actOf = (kind: string): 'end' | 'release' | 'give' => acts[kind] ?? 'give';

interface Subject {
  kind: string;
  title: string;
}

/** The name of a subject: where the server tells a code, in words. */
export function useSubjectTitle(): (subject: Subject) => string {
  const { t } = useTranslation('handoverDesk');
  const approvalOf = useWord('approvals');
  const detectorOf = useDetectorName();
  return ({ kind, title }) => {
    if (kind === 'approval') return approvalOf(`action.${title}`) ?? t('subjectKind.approval');
    if (kind === 'spot_check') return t('spotCheckTitle', { id: title.replace('# ', '') });
    if (kind !== 'finding_review') return title;
    const [detector = '', id = ''] = title.split(' ');
    return t('findingTitle', { name: detectorOf(detector), id });
  };
}

/** What kind of thing it is, in words. */
export function useSubjectKind(): (kind: string) => string {
  const { t } = useTranslation('handoverDesk');
  const wordOf = useWord('handoverDesk');
  return (kind) => wordOf(`subjectKind.${kind}`) ?? t('subjectKind.other');
}
