import { memo } from 'react';
import { sparkPath, type SparkValue } from './spark-path';
import './sparkline.css';

/** A line without axes, as wide as a word; `label` says in words what it shows. */
export const Sparkline = memo(function Sparkline({ values, label, width = 120, height = 20, max }: SparklineProps) {
  return (
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={sparkPath(values, width, height, max)} />
    </svg>
  );
});

interface SparklineProps {
  readonly values: readonly SparkValue[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  /** The value at the top, where several lines share a scale. */
  readonly max?: number;
}
