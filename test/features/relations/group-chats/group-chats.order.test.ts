import fc from 'fast-check';
import { minutes } from '../../../../src/core/clock';
import type { GroupChatUpdate } from '../../../../src/features/relations/group-chats/group-chats.service';
import type { GroupChat } from '../../../../src/wecom';
import { head } from '../../../support/viewers';
import { aChat, aMember, type FakeGroups, second } from './fake-groups';
import { event, type GroupsAtTest, openGroups } from './groups-at-test';

let t: GroupsAtTest;
beforeEach(async () => {
  t = await openGroups();
});
afterEach(() => t.close());

const kinds = ['add', 'remove', 'rename', 'hand_over'] as const;
interface Move {
  kind: (typeof kinds)[number];
  who: number;
}

/** A group that lives at WeCom; every change gives the event WeCom would send. */
class LivingGroup {
  readonly events: GroupChatUpdate[] = [];

  constructor(
    private readonly fake: FakeGroups,
    readonly chatId: string,
  ) {
    fake.put(aChat(chatId, [aMember('li')]));
    this.#tell(second(0), {});
  }

  get now(): GroupChat {
    return this.fake.chats.get(this.chatId) ?? aChat(this.chatId, []);
  }

  /** @returns the event, or nothing where the change cannot be */
  apply({ kind, who }: Move, at: Date): GroupChatUpdate | undefined {
    if (kind === 'add') return this.#add(`wm${who}`, at);
    if (kind === 'remove') return this.#remove(`wm${who}`, at);
    const change = kind === 'rename' ? { name: `named at ${at.getTime()}` } : { owner: `staff${who}` };
    this.fake.put({ ...this.now, ...change });
    return this.#tell(at, { update_detail: kind === 'rename' ? 'change_name' : 'change_owner' });
  }

  #add(userid: string, at: Date): GroupChatUpdate | undefined {
    if (this.#has(userid)) return undefined;
    const members = [...this.now.members, aMember(userid, { joined_at: at })];
    return this.#move(members, at, { update_detail: 'add_member', join_scene: 3, members: [userid] });
  }

  #remove(userid: string, at: Date): GroupChatUpdate | undefined {
    if (!this.#has(userid)) return undefined;
    const members = this.now.members.filter((m) => m.userid !== userid);
    return this.#move(members, at, { update_detail: 'del_member', quit_scene: 0, members: [userid] });
  }

  #has = (userid: string): boolean => this.now.members.some((m) => m.userid === userid);

  #move(members: GroupChat['members'], at: Date, told: Partial<GroupChatUpdate>): GroupChatUpdate {
    const last_version = this.now.member_version ?? '';
    const current_version = `v${at.getTime()}`;
    this.fake.put({ ...this.now, members, member_version: current_version });
    return this.#tell(at, { ...told, last_version, current_version });
  }

  #tell(at: Date, told: Partial<GroupChatUpdate>): GroupChatUpdate {
    const news = event(at, { chat_id: this.chatId, ...told });
    this.events.push(news);
    return news;
  }
}

/** Changes follow each other at WeCom; the events arrive late, in any order, and some of them twice. */
async function live(group: LivingGroup, moves: Move[], pick: (below: number) => number): Promise<void> {
  const waiting = [...group.events];
  const deliver = async () => {
    const [next] = waiting.splice(pick(waiting.length), 1);
    if (next) await t.react(t.groups.onUpdated(next));
  };
  for (const [i, move] of moves.entries()) {
    const news = group.apply(move, second(20 * (i + 1)));
    if (news) waiting.push(news);
    if (pick(2) === 0) await deliver();
  }
  waiting.push(...group.events.slice(0, pick(3)));
  while (waiting.length > 0) await deliver();
}

const truthOf = ({ name, owner, member_version, members }: GroupChat) => ({
  ...{ name, owner, member_version },
  members: members.map((m) => m.userid).sort(),
  member_count: members.length,
  external_count: members.filter((m) => m.type === 2).length,
});

async function stored(chatId: string) {
  const { name, owner, member_version, members, member_count, external_count } = await t.views.get(chatId, head);
  return {
    ...{ name, owner, member_version, member_count, external_count },
    members: members.map((m) => m.userid).sort(),
  };
}

/** How often the history tells each join and leave that an event told of, at the event's own time. */
async function timesTold({ chatId, events }: LivingGroup): Promise<number[]> {
  const lines = (await t.historyOf(chatId)).map((line) => `${line.kind} ${userOf(line.detail)} ${line.occurred_at}`);
  return events
    .filter(({ members }) => members.length > 0)
    .map(({ update_detail, members, at }) => {
      const kind = update_detail === 'add_member' ? 'joined' : 'left';
      return lines.filter((line) => line === `${kind} ${members[0]} ${at.toISOString()}`).length;
    });
}

const userOf = (detail: unknown): string =>
  detail !== null && typeof detail === 'object' && 'userid' in detail ? String(detail.userid) : '';

test('I5: any order of events ends in the state WeCom has, with every join and leave told once', async () => {
  const moves = fc.array(fc.record({ kind: fc.constantFrom(...kinds), who: fc.nat(3) }), { maxLength: 6 });
  const chances = fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 });
  let nth = 0;
  // Later than every event: what a read infers is dated by the read.
  t.clock.advance(minutes(10));
  await fc.assert(
    fc.asyncProperty(moves, chances, async (done, chance) => {
      const group = new LivingGroup(t.fake, `wr${++nth}`);
      let drawn = 0;
      await live(group, done, (below) => (below === 0 ? 0 : (chance[drawn++] ?? 0) % below));
      expect(await stored(group.chatId)).toEqual(truthOf(group.now));
      const told = await timesTold(group);
      expect(told).toEqual(told.map(() => 1));
    }),
    { numRuns: process.env.TEST_MYSQL_URL ? 30 : 1000 },
  );
});
