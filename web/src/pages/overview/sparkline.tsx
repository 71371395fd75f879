import styles from './overview.module.css';

const height = 40;
const barWidth = 8;
const gap = 2;

/** One bar a minute; an empty minute keeps a thin line, so that silence is seen and not taken for a gap. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${values.length * (barWidth + gap) - gap} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${values.join(', ')}`}
    >
      <title>{label}</title>
      {values.map((value, minute) => {
        const tall = Math.max(0.5, (value / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place.
            key={minute}
            x={minute * (barWidth + gap)}
            y={height - tall}
            width={barWidth}
            height={tall}
            className={value === 0 ? styles.silent : undefined}
          />
        );
      })}
    </svg>
  );
}
