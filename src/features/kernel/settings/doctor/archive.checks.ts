import { type Check, type DoctorDeps, ok, skipped, words } from './doctor.types';

/** Whether the archive covers anybody. Its key ring and library have checks of their own where they are used. */
export const archiveChecks = ({ wecom }: DoctorDeps): Check[] => [
  {
    key: 'archive.members',
    area: 'archive',
    title: words('存档成员', 'Archived members'),
    async run(round) {
      const check = await round.secret('archive');
      if (!check) return skipped('未配置会话内容存档。', 'The conversation archive is not configured.');
      if (!check.ok) return skipped('请先修复会话内容存档的连接。', 'Repair the connection of the archive first.');
      const count = await wecom.platform.archivedMembers({ lane: 'click', signal: round.signal });
      if (count > 0) return ok(`${count} 位成员的会话被存档。`, `The conversations of ${count} members are archived.`);
      return {
        level: 'warn',
        cause: words('存档范围内没有成员，不会有任何消息。', 'Nobody is archived, so no messages will come.'),
        action: words(
          '请在「管理工具 → 会话内容存档 → 开启范围」中选择成员。',
          'Choose the members under Management Tools → Conversation Archive → Scope.',
        ),
      };
    },
  },
];
