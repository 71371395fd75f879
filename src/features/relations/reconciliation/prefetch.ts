/**
 * Walks pages while the next one is already on its way, so that reading and writing overlap.
 * @yields each page with the cursor that leads past it
 */
export async function* prefetched<P extends { next_cursor: string | null }>(
  from: string | null,
  fetchPage: (cursor: string | null) => Promise<P>,
): AsyncGenerator<P> {
  let coming = fetchPage(from);
  const seen = new Set<string>();
  for (;;) {
    const page = await coming;
    const { next_cursor: next } = page;
    if (!next) {
      yield page;
      return;
    }
    if (seen.has(next)) throw new Error('WeCom gave the same cursor twice');
    seen.add(next);
    coming = fetchPage(next);
    // A failure is met by the next turn of the loop, not as an unhandled rejection.
    coming.catch(() => undefined);
    yield page;
  }
}
