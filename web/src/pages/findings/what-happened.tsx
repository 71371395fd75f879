import { useTranslation } from 'react-i18next';
import type { Finding } from '../../api/findings';
import { ContactName, GroupChatName, StaffName } from '../../components/names';
import { Sentence } from '../../components/sentence';
import { useWord } from '../../lib/use-word';
import { useDetectorName } from './finding-words';
import styles from './findings.module.css';

/** Who did what to whom; what the detector finds where that is not known. A lead is called one. */
export function WhatHappened({ finding }: { finding: Finding }) {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  const nameOf = useDetectorName();
  const { detector, evidence_level, userid, external_userid, chat_id } = finding;
  const parts = {
    staff: userid && <StaffName userid={userid} />,
    customer: external_userid && <ContactName externalUserid={external_userid} />,
    chat: chat_id && <GroupChatName chatId={chat_id} />,
  };
  const text = wordOf(`sentenceOf.${detector}`) ?? '';
  const isWhole = text !== '' && placesIn(text).every((place) => parts[place as keyof typeof parts]);
  return (
    <>
      {evidence_level === 'CIRCUMSTANTIAL' && <span className={styles.lead}>{t('lead')} · </span>}
      {isWhole ? <Sentence text={text} parts={parts} /> : nameOf(detector)}
    </>
  );
}

const placesIn = (text: string): string[] => [...text.matchAll(/<(\w+)\/>/g)].map(([, place]) => place ?? '');
