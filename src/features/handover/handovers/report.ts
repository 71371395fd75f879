import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { newId } from '../../../core/ids';
import { type Book, type Sheet, writeXlsx } from '../../../core/xlsx';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import { itemStates } from './handovers.entity';
import type { HandoverView, ItemQuery, ItemView } from './handovers.schema';
import type { HandoverViews } from './handovers.views';
import { finalStates } from './item-rows';
import { type Labels, labelsOf } from './report-labels';
import { type Language, type Speak, speaker } from './report-words';

interface Deps {
  db: Pick<Database, 'now'>;
  audit: Pick<AuditService, 'record' | 'names'>;
  views: Pick<HandoverViews, 'get' | 'items'>;
}

interface Told {
  say: Speak;
  labels: Labels;
}

const perPage = 1_000;
/** So many exceptions are named on the first sheet; the others are found on the second. */
const mostNamed = 500;
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const exceptions = [...finalStates, 'unknown' as const].filter((state) => state !== 'taken_over');

/** A handover as a file for whoever has no console: what was planned, what became of it, and what did not arrive. */
export function createHandoverReport({ db, audit, views }: Deps) {
  type Rows = AsyncGenerator<ItemView>;

  async function* items(id: string, viewer: Viewer, filter: Pick<ItemQuery, 'state'> = {}): Rows {
    let cursor: string | undefined;
    do {
      const page = await views.items(id, { ...filter, limit: perPage, cursor }, viewer);
      yield* page.items;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  async function* exceptional(id: string, viewer: Viewer): Rows {
    for (const state of exceptions) yield* items(id, viewer, { state });
  }

  return {
    /** Recorded with the hash of the file before it is given out (S18). @throws handover.not_found */
    async make(id: string, language: Language, { viewer, address }: By) {
      const handover = await views.get(id, viewer);
      const made = (await audit.names([handover.created_by])).get(handover.created_by) ?? handover.created_by;
      const watermark = { name: viewer.name, at: inBeijing(db.now().toISOString()), exportId: newId() };
      const told = { say: speaker(language), labels: labelsOf[language] };
      const sheets = [
        summarySheet({ ...told, handover, made }, exceptional(id, viewer)),
        itemSheet(told, items(id, viewer)),
        noteSheet(told, watermark),
      ];
      const file = await writeXlsx({ sheets, watermark });
      const sha256 = createHash('sha256').update(file).digest('hex');
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'handover.reported', target: `handover:${id}`, result: 'ok', address },
        detail: { export_id: watermark.exportId, items: handover.summary.total, bytes: file.length, sha256 },
      });
      const name = `handover-report-${watermark.exportId}.xlsx`;
      return { name, type, bytes: file.length, body: Readable.from([file]) };
    },
  };
}

const beijing = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const inBeijing = (at: string | null): string => (at === null ? '' : beijing.format(new Date(at)));

const columnsOf = (titles: readonly string[], widths: readonly number[]): Sheet['columns'] =>
  titles.map((title, at) => ({ title, width: widths[at] ?? 18 }));

const named = ({ name, userid }: { name: string | null; userid: string }): string =>
  name === null ? userid : `${name} (${userid})`;

/** Why an item did not arrive, as far as anybody knows. */
const whyOf = (say: Speak, { errcode, reason }: ItemView): string => say('reason', reason) || say('errcode', errcode);

interface Summed extends Told {
  handover: HandoverView;
  made: string;
}

function summarySheet(summed: Summed, exceptional: AsyncIterable<ItemView>): Sheet {
  const { labels } = summed;
  async function* rows(): AsyncGenerator<(string | number | null)[]> {
    yield* headRows(summed);
    yield* countRows(summed);
    yield* exceptionRows(summed, exceptional);
  }
  return { name: labels.sheets.summary, columns: columnsOf(labels.summaryColumns, [26, 40, 12, 70]), rows: rows() };
}

function headRows({ labels, say, handover, made }: Summed) {
  return [
    [labels.name, handover.name],
    [labels.id, handover.id],
    [labels.state, say('handover', handover.state)],
    ...handover.from.map((giver) => [
      ...[labels.giver, named(giver), null],
      giver.departed_at === null ? labels.serving : `${labels.left} ${inBeijing(giver.departed_at)}`,
    ]),
    [labels.madeBy, made],
    [labels.madeAt, inBeijing(handover.created_at)],
    [labels.submittedAt, inBeijing(handover.submitted_at)],
    [labels.endedAt, inBeijing(handover.ended_at)],
    [labels.message, handover.message],
  ];
}

function countRows({ labels, say, handover: { summary } }: Summed) {
  const kinds = (contacts: number, groups: number) => `${labels.contacts} ${contacts} · ${labels.groups} ${groups}`;
  return [
    [labels.total, null, summary.total, kinds(summary.external_contacts, summary.group_chats)],
    ...itemStates.map((state) => [labels.byState, say('state', state), summary.by_state[state], say('meaning', state)]),
    ...summary.by_successor.map((one) => [
      ...[labels.bySuccessor, named(one), one.external_contacts + one.group_chats],
      `${kinds(one.external_contacts, one.group_chats)} · ${labels.takenOver} ${one.taken_over}`,
    ]),
    ...(summary.without_successor === 0 ? [] : [[labels.without, null, summary.without_successor]]),
    ...summary.by_errcode.map(({ errcode, count, advice }) => [
      ...[labels.byErrcode, `${errcode} ${say('errcode', errcode)}`, count, say('advice', advice)],
    ]),
    ...Object.entries(summary.by_warning).map(([code, count]) => [labels.byWarning, say('warning', code), count]),
  ];
}

async function* exceptionRows(
  { labels, say, handover }: Summed,
  exceptional: AsyncIterable<ItemView>,
): AsyncGenerator<(string | null)[]> {
  let count = 0;
  for await (const item of exceptional) {
    count += 1;
    if (count > mostNamed) {
      yield [labels.exception, labels.moreExceptions];
      return;
    }
    const why = [say('state', item.state), whyOf(say, item), say('advice', item.advice)];
    yield [labels.exception, `${item.name} (${item.external_userid ?? item.chat_id})`, null, told(why)];
  }
  const { by_state, total } = handover.summary;
  if (by_state.taken_over === total) yield [labels.noException];
}

const told = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

function itemSheet({ labels, say }: Told, items: AsyncIterable<ItemView>): Sheet {
  async function* rows(): AsyncGenerator<(string | number | null)[]> {
    for await (const item of items) {
      yield [
        ...[say('kind', item.kind), item.name, item.external_userid ?? item.chat_id],
        ...[item.from_name, item.from_userid, item.to_name, item.to_userid],
        ...[say('state', item.state), item.errcode, whyOf(say, item), say('advice', item.advice)],
        item.because.map((code) => say('because', code)).join('、'),
        item.warnings.map((code) => say('warning', code)).join('、'),
        ...[item.attempt, inBeijing(item.submitted_at), inBeijing(item.takeover_at), inBeijing(item.settled_at)],
        say('carry', item.carry),
      ];
    }
  }
  const widths = [10, 24, 36, 14, 14, 14, 14, 12, 10, 36, 36, 24, 36, 10, 20, 20, 20, 20];
  return { name: labels.sheets.items, columns: columnsOf(labels.itemColumns, widths), rows: rows() };
}

function noteSheet({ labels, say }: Told, { name, at, exportId }: Book['watermark']): Sheet {
  const rows = [
    ...[
      [labels.askedBy, name],
      [labels.askedAt, at],
      [labels.exportId, exportId],
    ],
    ...[
      [labels.secret, labels.secretNote],
      [labels.asOf, labels.asOfNote],
      [labels.times, labels.timesNote],
    ],
    [labels.signs, labels.signsNote],
    ...itemStates.map((state) => [say('state', state), say('meaning', state)]),
  ];
  return { name: labels.sheets.notes, columns: columnsOf(labels.noteColumns, [26, 100]), rows };
}
