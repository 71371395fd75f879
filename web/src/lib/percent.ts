/** "0.4%", "12%"; a dash of nothing. What is there is never rounded away, nor is what is not. */
export function percentText(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.1) return '<0.1%';
  if (part < whole && percent > 99.9) return '>99.9%';
  return `${Number(percent.toFixed(1))}%`;
}
