import { days } from '../../core/clock';
import { cities } from '../world/words';
import type { World } from '../world/world';
import type { ArchiveStore } from './store';

/** One member in nine has no seat, as where a company bought fewer than it has people. */
const seatlessEvery = 9;

/** What the archive finds in a company: who has a seat, groups of colleagues, and a robot that speaks in them. */
export function buildArchive(store: ArchiveStore, world: World, now: Date): void {
  const staff = [...world.staff.values()];
  for (const [index, member] of staff.entries()) {
    if (index % seatlessEvery === seatlessEvery - 1) store.seats.set(member, false);
  }
  for (const department of world.departments.values()) {
    const members = staff.filter((member) => member.department.includes(department.id));
    const [creator] = members;
    if (!creator || members.length < 2) continue;
    const chat_id = store.random.id('wr');
    const created_at = new Date(now.getTime() - days(store.random.between(30, 400)));
    const notice = `${store.random.pick(cities)}同事请及时更新拜访记录`;
    store.internalChats.set(chat_id, {
      chat_id,
      name: `${department.name}工作群`,
      creator,
      created_at,
      notice,
      members,
    });
  }
  const [creator] = staff;
  const robot_id = store.random.id('wb');
  if (creator) store.robots.set(robot_id, { robot_id, name: '经营日报机器人', creator });
}
