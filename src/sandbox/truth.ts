import type { ArchiveStore } from './archive/store';
import type { World } from './world/world';

/** A snapshot of the company as it is. Everything is sorted, so two snapshots can be compared as they stand. */
export type Truth = ReturnType<typeof truthOf>;

const by =
  <T>(...keys: ((item: T) => string)[]) =>
  (a: T, b: T): number => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };

/** What WeCom's lists would tell somebody who could ask everything at once. */
export function truthOf(world: World, archive: ArchiveStore) {
  return {
    relations: relations(world),
    group_chats: groupChats(world),
    corp_tags: corpTags(world),
    staff: staff(world),
    departments: [...world.departments.values()]
      .map(({ id, name, parentid }) => ({ id, name, parentid }))
      .sort((a, b) => a.id - b.id),
    unassigned: unassigned(world),
    ...transfers(world),
    group_transfers: groupTransfers(world),
    archive: archived(world, archive),
  };
}

/** Half ones are included and marked: WeCom's lists leave them out. */
function relations(world: World) {
  const rows = [];
  for (const member of world.staff.values()) {
    for (const relation of member.relations.values()) {
      rows.push({
        userid: member.userid,
        external_userid: relation.contact.external_userid,
        createtime: relation.createtime,
        remark: relation.remark,
        description: relation.description,
        remark_mobiles: [...relation.remark_mobiles],
        tag_ids: [...relation.tags].sort(),
        add_way: relation.add_way,
        state: relation.state,
        half: relation.half,
        external_deleted: relation.external_deleted,
        /** Whether WeCom's lists show it. */
        listed: !relation.half && member.follower && member.status === 1,
      });
    }
  }
  return rows.sort(
    by(
      (row) => row.userid,
      (row) => row.external_userid,
    ),
  );
}

function groupChats(world: World) {
  return world
    .liveGroupChats()
    .map((chat) => ({
      chat_id: chat.chat_id,
      name: chat.name,
      owner: chat.owner,
      notice: chat.notice,
      status: chat.status,
      member_version: chat.member_version,
      admins: [...chat.admins].sort(),
      members: [...chat.members.keys()].sort(),
    }))
    .sort(by((chat) => chat.chat_id));
}

function corpTags(world: World) {
  return [...world.tagGroups.values()]
    .map((group) => ({
      group_id: group.group_id,
      group_name: group.group_name,
      tags: [...group.tags.values()].map(({ id, name }) => ({ id, name })).sort(by((tag) => tag.id)),
    }))
    .sort(by((group) => group.group_id));
}

function staff(world: World) {
  return [...world.staff.values()]
    .map(({ userid, name, department, status, follower }) => ({ userid, name, department, status, follower }))
    .sort(by((member) => member.userid));
}

function unassigned(world: World) {
  return [...world.unassigned()]
    .map(({ handover, contact, dimission_time }) => ({
      handover_userid: handover.userid,
      external_userid: contact.external_userid,
      dimission_time,
    }))
    .sort(
      by(
        (row) => row.handover_userid,
        (row) => row.external_userid,
      ),
    );
}

/** Every transfer of a customer that was accepted, and how often each customer of each giver was. */
function transfers(world: World) {
  const rows = [...world.transfers].map(({ handover, takeover, contact, resigned, requested_at, outcome = null }) => ({
    handover_userid: handover.userid,
    takeover_userid: takeover.userid,
    external_userid: contact.external_userid,
    resigned,
    requested_at,
    outcome,
  }));
  const accepted = new Map<string, { handover_userid: string; external_userid: string; times: number }>();
  const sorted = rows.sort(
    by(
      (row) => row.handover_userid,
      (row) => row.external_userid,
    ),
  );
  for (const { handover_userid, external_userid } of sorted) {
    const key = `${handover_userid} ${external_userid}`;
    accepted.set(key, { handover_userid, external_userid, times: (accepted.get(key)?.times ?? 0) + 1 });
  }
  return { transfers: sorted, transfers_accepted: [...accepted.values()] };
}

function groupTransfers(world: World) {
  const rows = [...world.groupTransfers].map(
    ({ chat, handover, takeover, resigned, requested_at, outcome = null }) => ({
      handover_userid: handover.userid,
      takeover_userid: takeover.userid,
      chat_id: chat.chat_id,
      resigned,
      requested_at,
      outcome,
    }),
  );
  return rows.sort(by((row) => row.chat_id));
}

/** Who has a seat, who answered what, and the groups that only the archive knows. What was said stands in the ledger. */
function archived(world: World, { seats, consents, internalChats, robots, keyVersion }: ArchiveStore) {
  return {
    seated: [...world.staff.values()]
      .filter((member) => seats.has(member))
      .map(({ userid }) => userid)
      .sort(),
    consents: consents.all().map(({ where, external_userid, agreed }) => ({
      ...('chat_id' in where ? { chat_id: where.chat_id } : { userid: where.userid }),
      external_userid,
      agreed,
    })),
    internal_chats: [...internalChats.values()].map(({ chat_id, name, creator, members }) => ({
      chat_id,
      name,
      creator: creator.userid,
      members: members.filter(({ status }) => status !== 5).map(({ userid }) => userid),
    })),
    robots: [...robots.values()].map(({ robot_id, name, creator }) => ({ robot_id, name, creator: creator.userid })),
    publickey_ver: keyVersion(),
  };
}
