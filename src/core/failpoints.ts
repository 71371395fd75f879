/**
 * Named places where the crash harness may end the process (F1). `FAILPOINTS=inbox.committed:3` kills it the
 * third time that place is passed. Without the variable a failpoint costs one map look-up.
 */
const armed = new Map<string, number>(
  (process.env.FAILPOINTS ?? '')
    .split(',')
    .filter(Boolean)
    .map((entry) => {
      const [name = '', count = '1'] = entry.split(':');
      return [name, Number(count)];
    }),
);

export function failpoint(name: string): void {
  const left = armed.get(name);
  if (left === undefined) return;
  if (left <= 1) process.kill(process.pid, 'SIGKILL');
  armed.set(name, left - 1);
}
