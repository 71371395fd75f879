import type { PlacedUnits } from '../../../../core/placed-units';
import type { Found, Part, Span } from './types';

/** An address with its scheme, or a host by itself whose end is a usual one. */
const address =
  /[a-z][a-z0-9+.-]{0,20}:\/\/[!-~]+|(?<![a-z0-9@._-])(?:[a-z0-9-]{1,63}\.)+(?:com|cn|net|org|top|xyz|cc|vip|shop|club|io|me|info|ltd|site|online|app|link|work|store|tech|fun|pro|biz|co|hk|tw|ink|icu|live|wang|ren|mobi)(?![a-z0-9_@-]|\.[a-z0-9])(?:[/?#:][!-~]*)?/g;
const atEnd = /[.,;:!?)\]}>'"]+$/;

export interface Link {
  url: string;
  host: string;
  span: Span | null;
}

/** Every address in a text, and of a body that names one the text lacks. */
export function linksIn(folded: PlacedUnits, text: string, body: Part['body']): Link[] {
  const inText = Array.from(text.matchAll(address), ({ 0: written, index }): Link => {
    const url = written.replace(atEnd, '');
    return { url, host: hostOf(url), span: folded.span(index, index + url.length) };
  });
  const known = new Set(inText.map(({ host }) => host));
  const inBody = addressesIn(body).map((url): Link => ({ url, host: hostOf(url), span: null }));
  return [...inText, ...inBody.filter(({ host }) => !known.has(host))];
}

function addressesIn({ url, articles }: Part['body']): string[] {
  const each: unknown[] = [url, ...(Array.isArray(articles) ? articles.map((one) => one?.url) : [])];
  return each.filter((one) => typeof one === 'string' && one !== '').map(String);
}

/** As a browser would read it, whatever stands before an `@`; what none can read is its own host. */
function hostOf(url: string): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  return (URL.canParse(whole) ? new URL(whole).hostname : url).toLowerCase().replace(/\.$/, '');
}

/** @returns what keeps links to hosts that are neither allowed nor below an allowed one */
export function linkFinder(allowed: readonly string[]): (links: readonly Link[]) => Found[] {
  const hosts = allowed.map(hostOf);
  return (links) =>
    links
      .filter(({ host }) => !hosts.some((one) => host === one || host.endsWith(`.${one}`)))
      .map(({ url, host, span }) => ({ span, fuzzy: false, what: host, value: url }));
}
