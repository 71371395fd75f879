import { aPerson, type Person } from '../../support/people';
import type { Answer, Json, SystemAtTest } from '../../support/system';
import { foundCompany } from '../kernel/scope/company';
import { type Said, say } from './said';

/** People at work on the archive of a small company (`foundCompany`), in browsers. */
export async function openDesk(at: SystemAtTest) {
  await foundCompany(at);
  const { services } = at.system;
  await services.reporting.refresh();

  return {
    officer: (name: string, userid?: string): Promise<Person> =>
      aPerson(
        { access: services.access, db: at.db },
        { roles: ['compliance_officer'], name, ...(userid ? { userid } : {}) },
      ),

    async call(who: Person, path: string, body?: object): Promise<Answer> {
      const answer = await fetch(`${at.system.url}/api/v1/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { connection: 'close', ...who.headers, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Json };
    },

    /** Asks for an act that needs two, has it approved, and carries it out. @returns what it gave */
    async together(asks: Person, decides: Person, required: Answer): Promise<Json> {
      const { action, payload } = required.body.details;
      const asked = await this.call(asks, 'approvals', { action, payload, reason: 'because' });
      await this.call(decides, `approvals/${asked.body.id}/decide`, { decision: 'approve' });
      const done = await this.call(asks, `approvals/${asked.body.id}/execute`, {});
      if (done.status !== 200) throw new Error(`${action}: ${done.status} ${JSON.stringify(done.body)}`);
      return done.body.result;
    },

    say: (said: readonly Said[]): Promise<number[]> =>
      say({ db: at.db, vault: at.vault, evidence: services.evidence }, said),
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;
