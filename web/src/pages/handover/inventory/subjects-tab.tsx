import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../api';
import { type Departure, type HandoverSubject, useSubjects } from '../../../api/departures';
import { Cut } from '../../../components/cut';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { Panel } from '../../../components/panel';
import { useWord } from '../../../lib/use-word';
import styles from '../handover.module.css';
import { HandButton } from './hand-button';
import { useSubjectKind, useSubjectTitle } from './subject-words';

/** Whatever else is theirs, kind by kind, with what becomes of it. */
export function SubjectsTab({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const { data, error, refetch } = useSubjects(departure.id);
  if (!data) {
    return (
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={6} />}</Panel>
    );
  }
  if (data.items.length === 0) {
    return (
      <Panel>
        <Note title={t('noSubjects')}>{t('noSubjectsHint')}</Note>
      </Panel>
    );
  }
  const kinds = [...new Set(data.items.map(({ kind }) => kind))];
  return (
    <div className={styles.stack}>
      {kinds.map((kind) => (
        <Kind key={kind} departure={departure} subjects={data.items.filter((one) => one.kind === kind)} kind={kind} />
      ))}
    </div>
  );
}

interface Props {
  departure: Departure;
  kind: string;
  subjects: HandoverSubject[];
}

function Kind({ departure, kind, subjects }: Props) {
  const { t } = useTranslation('handoverDesk');
  const kindOf = useSubjectKind();
  const wordOf = useWord('handoverDesk');
  const may = useCan('handovers:manage') && (departure.state === 'planned' || departure.state === 'left');
  const movable = subjects.filter((one) => one.movable).map(({ id }) => id);
  return (
    <Panel flush className={styles.kind}>
      <div className={styles.kindHead}>
        <h2 className={styles.kindName}>{kindOf(kind)}</h2>
        <span className={styles.quiet}>{subjects.length.toLocaleString()}</span>
        {may && movable.length > 1 && (
          <span className={styles.push}>
            <HandButton departureId={departure.id} kind={kind} ids={movable} />
          </span>
        )}
      </div>
      <p className={styles.kindNote}>{wordOf(`subjectHint.${kind}`) ?? t('subjectHint.other')}</p>
      <ul>
        {subjects.map((subject) => (
          <li key={subject.id} className={styles.item}>
            <Title subject={subject} />
            {may && subject.movable && <HandButton departureId={departure.id} kind={kind} ids={[subject.id]} one />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Title({ subject }: { subject: HandoverSubject }) {
  const title = useSubjectTitle()(subject);
  if (subject.link === null) return <Cut text={title} />;
  return (
    <Link to={subject.link}>
      <Cut text={title} />
    </Link>
  );
}
