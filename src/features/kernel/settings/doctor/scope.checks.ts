import { type AppRange, type Capability, capabilities, pages } from '../../../../wecom';
import {
  type Check,
  type DoctorDeps,
  isConfigured,
  type Outcome,
  ok,
  type Round,
  skipped,
  words,
} from './doctor.types';
import { refused } from './wecom.checks';

const capabilityNames: Record<Capability, { zh: string; en: string }> = {
  directory: { zh: '成员与部门', en: 'members and departments' },
  customers: { zh: '客户', en: 'external contacts' },
  groups: { zh: '客户群', en: 'group chats' },
  tags: { zh: '企业标签', en: 'corp tags' },
};

/** Whether the self-built app may read what it must (48002, 48009 …), and sees whom it should. */
export const scopeChecks = (deps: DoctorDeps): Check[] => [...capabilities.map(capability(deps)), visibleRange(deps)];

const needsConnection = (): Outcome =>
  skipped('请先修复自建应用的连接。', 'Repair the connection of the self-built app first.');

const isConnected = async (round: Round): Promise<boolean> => (await round.secret('agent'))?.ok ?? false;

const capability =
  ({ wecom }: DoctorDeps) =>
  (name: Capability): Check => ({
    key: `scope.${name}`,
    area: 'wecom',
    title: words(`接口权限：${capabilityNames[name].zh}`, `Permission: ${capabilityNames[name].en}`),
    async run(round) {
      if (!(await isConnected(round))) return needsConnection();
      const check = await wecom.platform.testCapability(name, { lane: 'click', signal: round.signal });
      return check.ok ? ok('自建应用可以读取。', 'The self-built app may read them.') : refused(check);
    },
  });

const visibleRange = (deps: DoctorDeps): Check => ({
  key: 'visible_range',
  area: 'wecom',
  title: words('应用可见范围', 'Visible range of the app'),
  async run(round) {
    if (!(await isConnected(round))) return needsConnection();
    if (!isConfigured(deps.live, 'contacts') || !(await round.secret('contacts'))?.ok) {
      return skipped(
        '比较可见范围需要通讯录同步的 Secret。',
        'Comparing the visible range needs the Secret of contacts sync.',
      );
    }
    const range = await deps.wecom.platform.appRange({ lane: 'click', signal: round.signal });
    const everyone = await membersOfCompany(deps, round);
    const followers = await deps.wecom.externalContacts.followers({ lane: 'click', signal: round.signal });
    return judged({ range, everyone, followers, seen: await seenBy(deps, range, everyone, round) });
  },
});

/** Each member with the departments they stand in, as the contacts secret sees them: all of them. */
async function membersOfCompany({ wecom }: DoctorDeps, { signal }: Round): Promise<Map<string, number[]>> {
  const members = new Map<string, number[]>();
  const options = { lane: 'click', signal } as const;
  for await (const page of pages((cursor) => wecom.directory.staffIds(cursor, options))) {
    for (const { userid, department_id } of page.items) {
      members.set(userid, [...(members.get(userid) ?? []), department_id]);
    }
  }
  return members;
}

/** Who is in the range: named, or in one of its departments, or below one. */
async function seenBy(
  { wecom }: DoctorDeps,
  range: AppRange,
  everyone: ReadonlyMap<string, number[]>,
  { signal }: Round,
): Promise<Set<string>> {
  const tree = await wecom.directory.departments({ lane: 'click', signal });
  const parents = new Map(tree.map(({ id, parent_id }) => [id, parent_id]));
  const inRange = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined && at !== 0; at = parents.get(at)) {
      if (range.departmentIds.includes(at)) return true;
    }
    return false;
  };
  const byPlace = [...everyone].filter(([, departments]) => departments.some(inRange)).map(([userid]) => userid);
  return new Set([...byPlace, ...range.userids]);
}

interface Compared {
  range: AppRange;
  everyone: ReadonlyMap<string, number[]>;
  followers: string[];
  seen: ReadonlySet<string>;
}

const mostNamed = 20;

function judged({ range, everyone, followers, seen }: Compared): Outcome {
  // Members that only a tag brings in cannot be told from outside.
  if (range.tagIds.length > 0) {
    return skipped(
      '可见范围含有标签，无法逐一比较。',
      'The visible range has tags in it, so members cannot be compared one by one.',
    );
  }
  const unseen = [...everyone.keys()].filter((userid) => !seen.has(userid));
  const following = new Set(followers);
  const silent = unseen.filter((userid) => following.has(userid));
  const action = words(
    '请在「应用管理 → 应用 → 可见范围」中选择整个企业，或添加缺少的部门与成员。',
    'Choose the whole company under App Management → the app → Visible range, or add what is missing.',
  );
  if (silent.length > 0) {
    return {
      level: 'fail',
      cause: words(
        `${silent.length} 位使用客户联系的成员不在应用可见范围内，他们的客户读不到。`,
        `${silent.length} members with external contacts are outside the visible range: their contacts are not read.`,
      ),
      action,
      copy: silent.slice(0, mostNamed),
    };
  }
  if (unseen.length === 0) return ok(`全部 ${everyone.size} 位成员可见。`, `All ${everyone.size} members are seen.`);
  return {
    level: 'warn',
    cause: words(
      `${everyone.size} 位成员中有 ${unseen.length} 位不在应用可见范围内：读不到他们的资料与客户，他们也不能用企业微信登录。`,
      `${unseen.length} of ${everyone.size} members are outside the visible range: their details and contacts are not read, and they cannot sign in by WeCom.`,
    ),
    action,
    copy: unseen.slice(0, mostNamed),
  };
}
