/** Files by what became of them. */
export interface MediaCounts {
  stored: number;
  pending: number;
  expired: number;
  failed: number;
}

/** What is known of the files of messages. The feature that fetches them answers; it must be cheap. */
export interface MediaLedger {
  counts(): Promise<MediaCounts>;
  /** Of the messages with ids in this range, both ends included. */
  countsOf(range: { from: number; to: number }): Promise<MediaCounts>;
}

/** Who may be archived at all: null where nobody has asked WeCom yet. */
export interface ArchivePresence {
  /** Staff with a seat. */
  seats(): Promise<number | null>;
  /** Conversations asked about, and those whose outside party agreed. */
  consents(): Promise<{ asked: number; agreed: number } | null>;
}
