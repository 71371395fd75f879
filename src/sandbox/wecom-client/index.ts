import type { Company } from '../company';
import { Arguments, isRecord } from '../http/arguments';
import type { SideRequest } from '../http/server';
import type { Page } from '../sign-in-page';
import { chatPage } from './chat-page';
import { judge } from './judge';
import { listPage } from './list-page';
import { wxDouble } from './wx-double';

export const clientPath = '/wecom-client';
/** Stands in for the JS-SDK that WeCom's own hosts give out. */
export const wxDoublePath = `${clientPath}/wx.js`;

/** A pretend WeCom client in the browser: who is there, their chats, and the sidebar beside one of them. */
export function createWecomClient(company: Company) {
  let product: string | undefined;

  function chat({ searchParams: given }: URL): Page {
    const staff = company.world.findStaff(given.get('userid') ?? '');
    if (!staff || !product) return { status: 404, html: 'no such member, or no server that the sidebar belongs to' };
    company.signIns.hold(staff.userid);
    return { status: 200, html: chatPage(company, { staff, product, given }) };
  }

  return {
    /** Whose sidebar it opens. */
    opens(base: string | undefined): void {
      product = base;
    },

    page(url: URL): Page | undefined {
      if (url.pathname === clientPath) return { status: 200, html: listPage(company, url.searchParams) };
      if (url.pathname === `${clientPath}/chat`) return chat(url);
      if (url.pathname !== wxDoublePath) return undefined;
      return { status: 200, headers: { 'content-type': 'text/javascript; charset=UTF-8' }, html: wxDouble };
    },

    /** What the client answers to one call of the JS-SDK. */
    answer({ method, path, body }: SideRequest): object | undefined {
      if (method !== 'POST' || path !== `${clientPath}/call`) return undefined;
      const given: unknown = JSON.parse(body);
      return judge(company, new Arguments(isRecord(given) ? given : {}), product);
    },
  };
}
