import { cutId, identityOf } from '../../../../src/features/archive/conversations/identity';
import { personKind } from '../../../../src/wecom/archive/messages';

const customer = 'wmDEMOcust0000000000000000000001';
const thread = (from: string | null, to: string[], chat_id: string | null = null) => identityOf({ from, to, chat_id });

describe('the thread a message belongs to', () => {
  it('is the same whoever speaks, and names staff and person outside', () => {
    const asked = thread(customer, ['lin']);
    expect(thread('lin', [customer]).id).toBe(asked.id);
    expect(asked).toMatchObject({ kind: 'single', userid: 'lin', external_userid: customer, peer_userid: null });
  });

  it('of colleagues has both by spelling; of a group chat the chat alone', () => {
    expect(thread('qiao', ['lin'])).toMatchObject({ userid: 'lin', peer_userid: 'qiao', external_userid: null });
    const group = thread('lin', [customer, 'qiao'], 'wrCHAT');
    expect(group).toMatchObject({ kind: 'group', chat_id: 'wrCHAT', userid: null });
    expect(thread(customer, [], 'wrCHAT').id).toBe(group.id);
  });

  it('ids beyond 64 characters are cut where they are stored, and never taken for each other', () => {
    const long = 'x'.repeat(70);
    const [one, other] = [thread(`${long}1`, [customer]), thread(`${long}2`, [customer])];
    expect(one.userid).toBe('x'.repeat(64));
    expect(other.userid).toBe(one.userid);
    expect(one.id).not.toBe(other.id);
    expect(thread('lin', [], `${long}1`).id).not.toBe(thread('lin', [], `${long}2`).id);
    expect(cutId(long)).toHaveLength(64);
  });

  it('people outside and robots are told by what WeCom gave them; any other id is of the company', () => {
    expect([customer, `wo${'a'.repeat(20)}`, `wb${'a'.repeat(20)}`, 'wm', 'wang.min'].map(personKind)).toEqual([
      'external',
      'external',
      'robot',
      'staff',
      'staff',
    ]);
  });
});
